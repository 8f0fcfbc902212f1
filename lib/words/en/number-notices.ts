import type { WriteNotice } from './notice-reader';

/** What the numbers show. */
export const numberNotices = {
  event_return_below_break_even: ({ text, money, count }) => ({
    title: 'The ads do not earn back what they cost',
    body: `Over ${count('days')} days in which everything has been counted, “${text('campaign')}” cost ${money('spendMinor')} and brought sales of ${money('valueMinor')}. With what you keep of a sale, it would take ${money('neededMinor')} not to lose money. I look for what can be made better and ask you before anything big.`,
  }),
  event_click_rate_below_own: ({ text, count }) => ({
    title: 'Fewer people click than usual',
    body: `Out of 1,000 times “${text('campaign')}” was shown in the last week, about ${count('perThousand')} brought a click; in the weeks before it were about ${count('usualPerThousand')}. Nothing has to be done at once. If it stays like this, fresh ads usually help.`,
  }),
  event_spending_fast: ({ text, money }) => ({
    title: 'Today’s money is going fast',
    body: `${money('spentMinor')} of today’s ${money('dailyBudgetMinor')} for “${text('campaign')}” are spent already, earlier than usual. Facebook may spend more on one day and less on another; over a week it keeps to your budget. Nothing has to be done.`,
  }),
  event_spending_slow: ({ text, money }) => ({
    title: 'Less is being spent than planned',
    body: `Today is heading for about ${money('headingMinor')} of the ${money('dailyBudgetMinor')} planned for “${text('campaign')}”. You pay only for what is spent. A very narrow audience is the usual reason.`,
  }),
  event_ad_far_ahead: ({ text, count }) => ({
    title: 'One ad does far better than the others',
    body: `“${text('ad')}” in “${text('campaign')}” brings clearly more for its money than the ads beside it: ${count('clicks')} clicks so far. Nothing has to be done: Facebook already shows the better ad more often.`,
  }),
  event_seven_days: ({ text, money, count, results }) => ({
    title: 'Your ads have been running for a week',
    body: `In its first seven days “${text('campaign')}” cost ${money('spendMinor')} and brought ${count('clicks')} clicks${text('counts') === '1' ? ` and ${results('results')} so far` : ''}. Late results are still being counted. The weekly report with everything comes on Monday.`,
  }),
  event_budget_low: ({ text, money }) => ({
    title: 'This month’s money is running low',
    body: `${money('remainingMinor')} of your limit for this month is left, and “${text('campaign')}” spends up to ${money('dailyBudgetMinor')} a day. Your limit stays as it is. If the ads should run to the end of the month, tell me what they may cost.`,
  }),
  delivery_stopped: ({ text, day }) => ({
    title: 'Your ads are not being shown',
    body: `“${text('campaign')}” is switched on, but Facebook has not shown it to anyone since ${day()}. Nothing is being spent meanwhile. A common cause is the payment method at Facebook: please check it there.`,
  }),
} satisfies Record<string, WriteNotice>;
