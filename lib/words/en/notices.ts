import type { Goal } from '../../domain/brief';
import { formatDay, formatDays, formatMoney, formatNumber, type Locale } from '../format';
import { TEST_RESULTS } from './ad-test-results';
import { alarmNotices } from './alarm-notices';
import { countResults } from './cards';
import { connectionNotices } from './connection-notices';
import { isGoal, type NoticeReader, type NoticeText, type WriteNotice } from './notice-reader';
import { numberNotices } from './number-notices';
import { pastNotices } from './past-notices';

export type { NoticeText } from './notice-reader';

/** Parameters of a stored notice: plain values, put into words when read. */
export type NoticeParams = Record<string, string | number>;

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
    body: `Facebook looks at “${text('campaign')}” first. That can take up to a day and costs nothing; I tell you the moment it is live.`,
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
  move_not_made: ({ text, money }) => ({
    title: 'Money stayed where it is',
    body: `I wanted to move ${money('moved')} a day ${fromTo(text)}, and it did not go through. Nothing was changed: both spend what they did before.`,
  }),
  move_put_back: ({ text, money }) => ({
    title: 'Money stayed where it is',
    body: `I wanted to move ${money('moved')} a day ${fromTo(text)}. Facebook took the first half and not the second, so I set “${giverOf(text)}” back to what it was. Both spend what they did before.`,
  }),
  move_half_done: ({ text, money }) => ({
    title: 'A move of money stopped half-way',
    body: `I wanted to move ${money('moved')} a day ${fromTo(text)}. “${giverOf(text)}” is lower now, but the other one was not raised, and I could not set the first one back. You spend up to ${money('moved')} a day less than before, nothing more. If you want it back, approve the card I put before you, or tell me.`,
  }),
  move_unclear: ({ text, money }) => ({
    title: 'A move of money is not confirmed',
    body: `I moved ${money('moved')} a day ${fromTo(text)}. “${giverOf(text)}” is lower; Facebook did not say whether the other one went up. I count it as if it had, so your limits hold either way, and I look again tonight.`,
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
  effect_found: ({ text }) => ({
    title: 'A change went through after all',
    body: `I told you that a change to “${text('campaign')}” had not gone through. I looked at Facebook again: it stands there. What it may cost was kept inside your monthly limit all along. If you do not want it, change it back at Facebook, or stop the ads.`,
  }),
  autonomy_lowered: ({ text, count }) => ({
    title: 'I ask before more things now',
    body: `${count('missed')} of ${count('judged')} times ${ASKED[text('kind')] ?? 'a change of mine'} did not bring what I had expected. So I no longer do that alone and ask you each time. Nothing was changed in your ads by this.`,
  }),
  drift_found: ({ text }) => ({
    title: 'Somebody changed your ads at Facebook',
    body: `At Facebook, ${text('fields') === '1' ? 'one thing' : `${text('fields')} things`} in “${text('campaign')}” no longer ${text('fields') === '1' ? 'stands' : 'stand'} as you approved. I have changed nothing. You decide whether to keep it or to put yours back.`,
  }),
  stop_confirmed: () => ({
    title: 'Your ads are stopped',
    body: 'Stopped. Facebook confirmed that all your ads here are paused. Nothing new is being spent. Starting again takes your yes on a card.',
  }),
  ...TEST_RESULTS,
  ...alarmNotices,
  ...connectionNotices,
  ...numberNotices,
  ...pastNotices,
} satisfies Record<string, WriteNotice>;

const ASKED: Record<string, string> = {
  pause_ad: 'pausing an ad',
  swap_creative: 'using a fresh ad',
  shift_budget: 'moving money',
  shift_campaigns: 'moving money between campaigns',
};

/** Of a move between two campaigns: the one that gives, and both as the owner reads them. */
function giverOf(text: NoticeReader['text']): string {
  return text(text('giver') === 'this' ? 'campaign' : 'other');
}

function fromTo(text: NoticeReader['text']): string {
  const taker = text(text('giver') === 'this' ? 'other' : 'campaign');
  return `from “${giverOf(text)}” to “${taker}”`;
}

export type NoticeKey = keyof typeof NOTICES;
export const NOTICE_KEYS = Object.keys(NOTICES) as NoticeKey[];

function reasonOf(reason: string): string {
  return reason ? ` Facebook says: "${reason}"` : '';
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
