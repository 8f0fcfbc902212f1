type NoticeText = { title: string; body: string };
type Read = { text(name: string): string; count(name: string): string; money(name: string): string };

/** The result of a comparison in words; who decided who saw what stands beside every winner. */
export const TEST_RESULTS = {
  test_not_started: ({ text }: Read): NoticeText => ({
    title: 'The comparison did not start',
    body: `Facebook did not take the comparison in “${text('campaign')}”, so it does not run. What you spend a day is the same as before. Ask me once more in the chat: where Facebook does not draw by lot, I compare without it.`,
  }),
  ad_test_won: (read: Read): NoticeText => (read.text('level') === 'adset' ? groupWon(read) : adWon(read)),
  ad_test_no_difference: ({ text }: Read): NoticeText => ({
    title: `The ${things(text)} compared are about as good as each other`,
    body: `The comparison in “${text('campaign')}” has ended: the ${things(text)} bring practically the same. They go on as they are.`,
  }),
  ad_test_undecided: ({ text }: Read): NoticeText => ({
    title: 'The comparison ended without a winner',
    body: `The comparison of the ${things(text)} in “${text('campaign')}” has ended. If there is a difference, it is smaller than the test could see, so nobody is called the winner. They go on as they are.`,
  }),
  ad_test_cancelled: ({ text }: Read): NoticeText => ({
    title: 'The comparison was ended early',
    body: `${cancelled(text)} Nothing is concluded from it.`,
  }),
};

function adWon({ text, count }: Read): NoticeText {
  const acted = text('measure') === 'results';
  return {
    title: 'One ad won the comparison',
    body: `“${text('leader')}” won over “${text('other')}” in “${text('campaign')}”: out of 1,000 ${acted ? 'people who clicked' : 'times it was shown'} about ${count('leaderPerThousand')} brought ${acted ? 'somebody who acted' : 'a click'}, against about ${count('otherPerThousand')}. Two equal ads come out like this at most one time in twenty. Facebook decided who saw which ad, so this is what they bring the way Facebook shows them. I suggest pausing the other one.`,
  };
}

function groupWon({ text, money }: Read): NoticeText {
  const one = text('measure') === 'results' ? 'somebody who acted' : 'a click';
  const label =
    text('drawnBy') === 'lot'
      ? 'Facebook drew by lot who could see which group, so the difference comes from the groups themselves.'
      : 'Facebook decided who saw which group, so this is what they bring the way Facebook shows them.';
  return {
    title: 'One group won the comparison',
    body: `“${text('leader')}” won over “${text('other')}” in “${text('campaign')}”: ${one} cost about ${money('leaderEachMinor')} there, against about ${money('otherEachMinor')}. Two equal groups come out like this at most one time in twenty. ${label} From now on money may move between them again, inside what you allowed.`,
  };
}

function cancelled(text: Read['text']): string {
  const where = `in “${text('campaign')}”`;
  if (text('cause') === 'budgets_changed')
    return `The daily budgets of the groups compared ${where} are no longer the same, so the comparison would not be fair.`;
  if (text('cause') === 'draw_ended')
    return `The draw by lot at Facebook for the comparison ${where} was ended there, not by me, so nothing decides any more who sees what.`;
  return text('level') === 'adset'
    ? `One of the groups compared ${where} no longer runs, so there is nothing left to compare.`
    : `One of the ads compared ${where} no longer runs, so there is nothing left to compare.`;
}

const things = (text: Read['text']) => (text('level') === 'adset' ? 'groups' : 'ads');
