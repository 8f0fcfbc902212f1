export const connectionWords = {
  pickAccount: 'You are connected. Please choose which ad account and which Page belong to this business.',
  /** In place of names that were deleted on a person's request. */
  removedAccount: 'Removed ad account',
  removedPage: 'Removed Page',
  /** Above a card to sign in again, while the connection still works. */
  ending: (day: string): string =>
    `Facebook ends our connection on ${day}. Your ads go on until then and after it, but from that day I could no longer see their numbers or stop them. Signing in once more keeps everything as it is.`,
};
