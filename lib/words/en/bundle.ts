/** One card for several small changes of the same day. */
export const bundleWords = {
  eyebrow: 'I need your decision',
  title: (count: number) => `${count} small changes at once`,
  lead: 'One press approves exactly these, and nothing else. Each can be taken back by itself afterwards.',
  listTitle: 'What would change',
  approve: (count: number) => `Approve all ${count}`,
  decline: 'No, leave everything',
  perDay: {
    same: 'What you spend a day stays the same.',
    more: (money: string) => `Together they add ${money} a day at most.`,
    less: (money: string) => `Together they take ${money} a day off.`,
  },
};

/** The sentence above the card. */
export function bundleAsked(count: number): string {
  return `${bundleWords.title(count)}?`;
}
