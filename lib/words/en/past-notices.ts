import { resultWords } from './cards';
import { isGoal, type NoticeReader, type WriteNotice } from './notice-reader';

/** What the account's earlier ads show. */
export const pastNotices = {
  past_learned: (read) => ({
    title: 'What your earlier ads show',
    body: `${pastLook(read)} A click cost between ${read.money('clickLowMinor')} and ${read.money('clickHighMinor')} (${read.count('clicks')} clicks).${pastResults(read)}${pastDifference(read)}${PAST_CHECKS[read.text('check')] ?? ''}`,
  }),
  past_little: (read) => ({
    title: 'Too little to learn from',
    body: `${pastLook(read)} With ${read.text('clicks') === '1' ? '1 click' : `${read.count('clicks')} clicks`}, that is too little to learn from. I start from what shops like yours have seen.`,
  }),
} satisfies Record<string, WriteNotice>;

/** What was looked at; days of the last week are left out, because their numbers still grow. */
function pastLook({ text, count, money, day }: NoticeReader): string {
  const goal = text('goal');
  const which = isGoal(goal) ? `your ads that counted ${resultWords[goal].many}` : 'your ads';
  const days = text('days') === '1' ? '1 day' : `${count('days')} days`;
  return `I looked at your last 90 days at Facebook. Up to ${day()}, ${which} ran on ${days} and cost ${money('spendMinor')}.`;
}

function pastResults({ text, money, results }: NoticeReader): string {
  const goal = text('goal');
  if (!isGoal(goal) || text('results') === '') return '';
  const { one } = resultWords[goal];
  if (text('resultLowMinor') === '') return ` There were ${results('results')}: too few to say what each one costs.`;
  return ` Each ${one} cost between ${money('resultLowMinor')} and ${money('resultHighMinor')} (${results('results')}).`;
}

/** Names of campaigns are somebody's own words, so they stand in quotes. */
function pastDifference({ text, money, results }: NoticeReader): string {
  const goal = text('goal');
  if (!isGoal(goal) || text('better') === '') return '';
  const { one } = resultWords[goal];
  const each = (name: string) =>
    `${money(`${name}LowMinor`)} to ${money(`${name}HighMinor`)} for each ${one}, from ${results(`${name}Results`)}`;
  return ` “${text('better')}” seems to have brought more for its money (${each('better')}) than “${text('worse')}” (${each('worse')}). That is a guess to test, not yet something to rely on.`;
}

const PAST_CHECKS: Record<string, string> = {
  nothing_counted:
    ' Nobody counted what came of the clicks. Counting enquiries or sales on your website would show what the money brings.',
  clicks_without_results:
    ' Some of the ads brought many clicks and not one customer that was counted. Before new money goes there, please check that your page and its counting work.',
};
