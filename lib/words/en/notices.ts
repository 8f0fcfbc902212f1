import type { Goal } from '../../domain/brief';
import { formatDay, formatDays, formatMoney, formatNumber, type Locale } from '../format';
import { TEST_RESULTS } from './ad-test-results';
import { countResults, resultWords } from './cards';

/** Parameters of a stored notice: plain values, put into words when read. */
export type NoticeParams = Record<string, string | number>;
export type NoticeText = { title: string; body: string };

type Write = (read: Reader) => NoticeText;
type Reader = {
  text(name: string): string;
  day(): string;
  days(): string;
  /** A count. */
  count(name: string): string;
  /** An amount: minor units under its name, the currency under `currency`. */
  money(name: string): string;
  /** A count of what the goal calls a result: "3 sales", "1 enquiry". */
  results(name: string): string;
};

/** Bells and notices in the chat. A notice stores its key and parameters; the sentence is made when it is read. */
const NOTICES = {
  approval_needed_launch: ({ text }) => ({
    title: 'A plan waits for your yes',
    body: `The plan “${text('campaign')}” is ready to look at. Nothing runs and nothing is spent until you approve it.`,
  }),
  approval_needed_action: ({ text }) => ({
    title: 'I need your decision',
    body: text('campaign')
      ? `I suggest a change to “${text('campaign')}”. Nothing changes until you decide.`
      : 'A card waits for you. Nothing changes until you decide.',
  }),
  campaign_in_review: ({ text }) => ({
    title: 'Sent to Facebook',
    body: `“${text('campaign')}” is with Facebook for its usual check, which can take up to a day. Nothing has been spent yet. I will tell you the moment it is live.`,
  }),
  campaign_live: ({ text }) => ({
    title: 'Your ads are live',
    body: `Facebook has approved “${text('campaign')}” and is showing your ads now. I watch the numbers every few hours and write when there is something worth knowing.`,
  }),
  campaign_live_again: ({ text }) => ({
    title: 'Your ads are running again',
    body: `Facebook is showing the ads of “${text('campaign')}” again.`,
  }),
  campaign_refused: ({ text }) => ({
    title: 'Facebook refused the ads',
    body: `Facebook did not accept the ads of “${text('campaign')}”. Nothing is being spent.${reasonOf(text('reason'))} Tell me in the chat and we change what they did not like.`,
  }),
  campaign_paused: ({ text }) => ({
    title: 'Your ads are paused',
    body: `“${text('campaign')}” was paused at Facebook, not by me. Nothing is being spent while it is paused.`,
  }),
  campaign_completed: ({ text }) => ({
    title: 'Your ads have finished',
    body: `“${text('campaign')}” has reached its end at Facebook. Nothing more is being spent on it.`,
  }),
  ad_refused: ({ text }) => ({
    title: 'Facebook refused one ad',
    body: `Facebook did not accept the ad “${text('ad')}”. The other ads go on.${reasonOf(text('reason'))}`,
  }),
  ads_hindered: ({ text }) => ({
    title: 'Facebook reports a problem',
    body: `Facebook says that something keeps ${text('ad') ? `the ad “${text('ad')}” of ` : ''}“${text('campaign')}” from being shown as planned.${reasonOf(text('reason'))} What is held up costs nothing, the rest goes on within your limits. Tell me in the chat and we sort it out.`,
  }),
  deployment_failed: ({ text }) => ({
    title: 'The start did not work',
    body: `“${text('campaign')}” could not be started at Facebook. Nothing is switched on and nothing is being spent. Open the chat to see what stands in the way.`,
  }),
  action_done: ({ text }) => ({ title: 'I changed something', body: text('sentence') }),
  action_failed: ({ text }) => ({
    title: 'A change did not go through',
    body: `Facebook did not confirm a change to “${text('campaign')}”. I check what really holds before anything else is done.`,
  }),
  guard_not_renewed: ({ text }) => ({
    title: 'Facebook did not renew a limit',
    body: `I wanted Facebook to hold “${text('campaign')}” to your limit for the month ahead, and it did not confirm that. The limit from before still holds there, so nothing is spent beyond what you approved, but the ads may stop early. I try again tomorrow.`,
  }),
  guard_without_room: ({ text }) => ({
    title: 'No room left this month',
    body: `Your monthly limit has no room to let “${text('campaign')}” go on. Nothing is spent beyond it: the ads stop by themselves when their part is used up. If you want them to go on, tell me and I put a higher limit before you.`,
  }),
  changes_wanted: () => ({
    title: 'What should I change?',
    body: 'Tell me in your own words what you would like different. The card you looked at can no longer start anything.',
  }),
  report_ready: ({ text, days }) => ({
    title: 'Your weekly report',
    body: `How “${text('campaign')}” did in the week ${days()}.`,
  }),
  connection_broken: () => ({
    title: 'Facebook needs you to sign in again',
    body: 'Facebook no longer accepts our connection, so I cannot see your numbers or change anything. Ads that already run stay inside the limits you approved. Please connect Facebook again.',
  }),
  connection_held: ({ text }) => ({
    title: 'I hold your Facebook connection still',
    body: `${HELD[text('reason')] ?? 'Something unexpected happened.'} To keep your money safe I change nothing through this connection until you have looked. Ads that already run stay inside the limits you approved, and stopping them still works. Please look at your ads at Facebook, then release the connection on the page Connections.`,
  }),
  effect_found: ({ text }) => ({
    title: 'A change went through after all',
    body: `I told you that a change to “${text('campaign')}” had not gone through. I looked at Facebook again: it stands there. What it may cost was kept inside your monthly limit all along. If you do not want it, change it back at Facebook, or stop the ads.`,
  }),
  connection_ending: ({ day }) => ({
    title: 'Facebook wants you to sign in again soon',
    body: `Our connection to Facebook ends on ${day()}. Signing in once more takes a minute and keeps everything as it is. Without it I could no longer see your numbers or stop your ads.`,
  }),
  connection_revoked: () => ({
    title: 'The connection to Facebook was removed',
    body: 'At Facebook, our access to your account was taken away. I cannot see your numbers or stop anything there any more. Ads that already run stay inside the limits you approved; to stop them, use Facebook itself or connect again.',
  }),
  account_gone: ({ text }) => ({
    title: 'Your ad account is out of reach',
    body: `Facebook no longer shows “${text('account')}” to the person who signed in. I cannot see its numbers or stop its ads. Please check at Facebook that this person still works on the account, or let somebody connect who does.`,
  }),
  autonomy_lowered: ({ text, count }) => ({
    title: 'I ask before more things now',
    body: `${count('missed')} of ${count('judged')} times ${ASKED[text('kind')] ?? 'a change of mine'} did not bring what I had expected. So I no longer do that alone and ask you each time. Nothing was changed in your ads by this.`,
  }),
  alarm_site_down: () => ({
    title: 'Your website does not answer',
    body: 'The page your ads lead to does not open at the moment. I pause the ads that lead there, so that no click is paid for nothing, and switch them on again as soon as the page answers. Please have a look at your website.',
  }),
  alarm_tracking_lost: ({ text }) => ({
    title: 'Visitors are no longer counted',
    body:
      text('asks') === '1'
        ? 'People click on your ads, but nobody is counted on your page any more. Either the counting on your website stopped or the page does not open. The ads go on and I change nothing. Please open your page and tell me here: is your shop all right, is only the counting broken, or is the shop broken?'
        : 'People click on your ads and your page opens, but visits are no longer counted. The ads go on, because customers can still reach you. Until the counting is back I change nothing and judge nothing by these days. Usually the counting code was lost in a change to the website.',
  }),
  alarm_no_results: () => ({
    title: 'Is your shop all right?',
    body: 'People click on your ads as usual, but far fewer of them became customers in the last hours than luck explains. The ads go on and I change nothing until I know more. Please try to buy or book something yourself and tell me here: is your shop all right, is only the counting broken, or is the shop broken? If it is broken, I pause the ads.',
  }),
  alarm_shop_broken: () => ({
    title: 'Ads paused until your shop works',
    body: 'You told me that your shop is broken, so I pause the ads that lead there. Tell me here when everything is fine again, and I switch them on.',
  }),
  alarm_runaway_spend: () => ({
    title: 'Too much was spent today',
    body: 'More was spent today than Facebook may take of your daily budget. I pause the ads now, so that nothing more is spent today, and switch them on again when a new day begins.',
  }),
  alarm_price_spike: () => ({
    title: 'Ads are unusually expensive right now',
    body: 'Being shown costs far more than in the last two weeks. Your daily budget still holds, it only buys less. I raise nothing and move no money until prices are back to normal.',
  }),
  alarm_missing_data: () => ({
    title: 'Numbers from Facebook are missing',
    body: 'Facebook has sent no new numbers for several hours. Your ads go on inside the limits you approved. I decide nothing until the numbers are back.',
  }),
  alarm_over: ({ text }) => ({
    title: OVER[text('kind')] ?? 'Back to normal',
    body: `${OVER[text('kind')] ?? 'What was wrong is over'}. ${Number(text('paused')) > 0 ? 'I switch on again what I had paused because of it.' : 'Nothing had to be paused, and I go on as before.'}`,
  }),
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
  ...TEST_RESULTS,
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
  drift_found: ({ text }) => ({
    title: 'Somebody changed your ads at Facebook',
    body: `At Facebook, ${text('fields') === '1' ? 'one thing' : `${text('fields')} things`} in “${text('campaign')}” no longer ${text('fields') === '1' ? 'stands' : 'stand'} as you approved. I have changed nothing. You decide whether to keep it or to put yours back.`,
  }),
  past_learned: (read) => ({
    title: 'What your earlier ads show',
    body: `${pastLook(read)} A click cost between ${read.money('clickLowMinor')} and ${read.money('clickHighMinor')} (${read.count('clicks')} clicks).${pastResults(read)}${pastDifference(read)}${PAST_CHECKS[read.text('check')] ?? ''}`,
  }),
  past_little: (read) => ({
    title: 'Too little to learn from',
    body: `${pastLook(read)} With ${read.text('clicks') === '1' ? '1 click' : `${read.count('clicks')} clicks`}, that is too little to learn from. I start from what shops like yours have seen.`,
  }),
  stop_confirmed: () => ({
    title: 'Your ads are stopped',
    body: 'Stopped. Facebook confirmed that all your ads here are paused. Nothing new is being spent. Starting again takes your yes on a card.',
  }),
} satisfies Record<string, Write>;

/** What was looked at; days of the last week are left out, because their numbers still grow. */
function pastLook({ text, count, money, day }: Reader): string {
  const goal = text('goal');
  const which = isGoal(goal) ? `your ads that counted ${resultWords[goal as Goal].many}` : 'your ads';
  const days = text('days') === '1' ? '1 day' : `${count('days')} days`;
  return `I looked at your last 90 days at Facebook. Up to ${day()}, ${which} ran on ${days} and cost ${money('spendMinor')}.`;
}

function pastResults({ text, money, results }: Reader): string {
  const goal = text('goal');
  if (!isGoal(goal) || text('results') === '') return '';
  const { one } = resultWords[goal as Goal];
  if (text('resultLowMinor') === '') return ` There were ${results('results')}: too few to say what each one costs.`;
  return ` Each ${one} cost between ${money('resultLowMinor')} and ${money('resultHighMinor')} (${results('results')}).`;
}

/** Names of campaigns are somebody's own words, so they stand in quotes. */
function pastDifference({ text, money, results }: Reader): string {
  const goal = text('goal');
  if (!isGoal(goal) || text('better') === '') return '';
  const { one } = resultWords[goal as Goal];
  const each = (name: string) =>
    `${money(`${name}LowMinor`)} to ${money(`${name}HighMinor`)} for each ${one}, from ${results(`${name}Results`)}`;
  return ` “${text('better')}” seems to have brought more for its money (${each('better')}) than “${text('worse')}” (${each('worse')}). That is a guess to test, not yet something to rely on.`;
}

/** Why a connection is held still. */
const HELD: Record<string, string> = {
  ledger:
    'Something was done at Facebook in my name that stands in none of my records, or something I did there is not to be found.',
  drift: 'The ads look quite different at Facebook from what I left there.',
  refused: 'Facebook refused me several times in a row.',
  manual: 'Somebody in this workspace asked for it.',
};

const PAST_CHECKS: Record<string, string> = {
  nothing_counted:
    ' Nobody counted what came of the clicks. Counting enquiries or sales on your website would show what the money brings.',
  clicks_without_results:
    ' Some of the ads brought many clicks and not one customer that was counted. Before new money goes there, please check that your page and its counting work.',
};

const ASKED: Record<string, string> = {
  pause_ad: 'pausing an ad',
  swap_creative: 'using a fresh ad',
  shift_budget: 'moving money',
};

const OVER: Record<string, string> = {
  site_down: 'Your website answers again',
  tracking_lost: 'Visitors are counted again',
  checkout_broken: 'Customers are coming in again',
  runaway_spend: 'Spending is back to normal',
  price_spike: 'Prices are back to normal',
  missing_data: 'The numbers from Facebook are back',
};

export type NoticeKey = keyof typeof NOTICES;
export const NOTICE_KEYS = Object.keys(NOTICES) as NoticeKey[];

function reasonOf(reason: string): string {
  return reason ? ` Facebook says: "${reason}"` : '';
}

function isGoal(goal: string): boolean {
  return Object.hasOwn(resultWords, goal);
}

function isNoticeKey(key: string): key is NoticeKey {
  return key in NOTICES;
}

/** The notice in words. A key this version does not know still gives a plain sentence. */
export function noticeText(key: string, params: NoticeParams, locale: Locale): NoticeText {
  if (!isNoticeKey(key)) return { title: 'News about your ads', body: 'Open the chat to see what happened.' };
  const text = (name: string) => String(params[name] ?? '');
  return NOTICES[key]({
    text,
    count: (name) => formatNumber(Number(params[name] ?? 0), locale),
    money: (name) =>
      params.currency && params[name] !== undefined
        ? formatMoney({ minor: String(params[name]), currency: text('currency') }, locale)
        : 'some money',
    results: (name) =>
      countResults(Number(params[name] ?? 0), isGoal(text('goal')) ? (text('goal') as Goal) : 'LEADS', locale),
    day: () => (params.day ? formatDay(text('day'), locale) : 'a few days'),
    // A bell must ring even where an older version stored less.
    days: () => (params.since && params.until ? formatDays(text('since'), text('until'), locale) : 'that has ended'),
  });
}
