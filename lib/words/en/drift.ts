import { formatDay, formatMoney, type Locale } from '../format';

/** What somebody put there without us, by level. */
const ADDED: Record<string, string> = {
  adset: 'A group was added there that was not approved here. What it may spend counts in your month',
  ad: 'An ad was added there that was not approved here. It shares the group’s money',
};

/** What was changed at Facebook, by the first part of the platform's field name. */
const FIELDS: Record<string, string> = {
  exists: 'It is no longer there',
  status: 'Whether it runs',
  name: 'Its name',
  daily_budget: 'The daily budget',
  lifetime_budget: 'The budget in all',
  spend_cap: 'The most Facebook lets it spend in all',
  stop_rule: 'The rule that pauses it after too dear a day',
  end_time: 'When it ends',
  targeting: 'Who sees it, or where',
  bid_strategy: 'How it bids',
  optimization_goal: 'What it aims at',
  billing_event: 'What is paid for',
  promoted_object: 'What it leads to',
  special_ad_categories: 'Its special category',
  object_story_spec: 'The ad’s words or picture',
  asset_feed_spec: 'The ad’s words or pictures',
  degrees_of_freedom_spec: 'Facebook’s own changes to the ad',
  url_tags: 'The link’s ending',
  creative: 'The ad’s words or picture',
};
const STATES: Record<string, string> = {
  ACTIVE: 'running',
  PAUSED: 'paused',
  ARCHIVED: 'put away',
  DELETED: 'deleted',
};

export const driftWords = {
  title: 'Changed at Facebook',
  lead: 'This looks different at Facebook from what was approved here. Somebody with access there may have done it.',
  levels: { campaign: 'Campaign', adset: 'Group', ad: 'Ad', creative: 'Ad' },
  by: (name: string) => `Changed by ${name}`,
  keep: 'Keep it as it is there',
  restore: 'Put ours back',
  restoreNote: 'What raises spending comes back as a card first.',
  kept: 'Kept as it is at Facebook.',
  restoring: 'On its way back. What raises spending waits for your yes.',
  nothing: 'Your limits or a stop do not allow that now. Nothing was changed.',
  other: 'Something else about it',
  cannot:
    'What stands without a way back here I cannot change from here. Change it at Facebook, or pause the campaign here: both are seen at the next look.',
};

const MONEY = ['daily_budget', 'lifetime_budget', 'spend_cap', 'stop_rule'];

type Change = { field: string; level: string; ours: string; theirs: string; currency: string };

/** One change as a sentence; both figures where words can say them truly. */
export function driftSentence(change: Change, locale: Locale): string {
  const first = change.field.split('.')[0] ?? '';
  const label = FIELDS[first] ?? driftWords.other;
  if (first === 'exists') return change.theirs === 'true' ? (ADDED[change.level] ?? ADDED.ad ?? label) : label;
  if (MONEY.includes(first))
    return `${label}: ${amountOf(change.ours, change.currency, locale)} here, ${amountOf(change.theirs, change.currency, locale)} there`;
  if (first === 'end_time')
    return `${label}: ${dayOf(change.ours, locale)} here, ${dayOf(change.theirs, locale)} there`;
  if (first === 'status')
    return `${label}: ${STATES[change.ours] ?? 'as approved'} here, ${STATES[change.theirs] ?? 'otherwise'} there`;
  return first === 'name' ? `${label}: “${change.theirs}” there` : label;
}

/** What keeping a cap means for the month, said before the press; null where it changes nothing. */
export function keepSentence(change: { keepCosts?: string | null; currency: string }, locale: Locale): string | null {
  const { keepCosts, currency } = change;
  if (keepCosts === undefined || keepCosts === '0') return null;
  if (keepCosts === null)
    return 'A campaign needs a limit at Facebook for your month to hold: that cannot be kept, only put back.';
  return `Keeping what Facebook lets it spend counts up to ${formatMoney({ minor: keepCosts, currency }, locale)} more in your month.`;
}

/** Minor units as they were stored; "off" where a rule no longer works, nothing where none is set. */
function amountOf(value: string, currency: string, locale: Locale): string {
  if (/^\d+$/.test(value) && currency) return formatMoney({ minor: value, currency }, locale);
  return value === 'off' ? 'switched off' : 'none';
}

function dayOf(value: string, locale: Locale): string {
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? formatDay(value.slice(0, 10), locale) : 'no end';
}
