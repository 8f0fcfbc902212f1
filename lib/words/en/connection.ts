export const connectionWords = {
  pickAccount: 'You are connected. Please choose which ad account and which Page belong to this business.',
};
