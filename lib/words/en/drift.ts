/** What was changed at Facebook, by the first part of the platform's field name. */
const FIELDS: Record<string, string> = {
  exists: 'It is no longer there',
  status: 'Whether it runs',
  name: 'Its name',
  daily_budget: 'The daily budget',
  lifetime_budget: 'The budget in all',
  spend_cap: 'The most it may spend',
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
};

/** One change as a sentence; figures only where words can say them truly. */
export function driftSentence(change: { field: string; ours: string; theirs: string }): string {
  const first = change.field.split('.')[0] ?? '';
  const label = FIELDS[first] ?? driftWords.other;
  if (first === 'exists') return label;
  if (first === 'status')
    return `${label}: ${STATES[change.ours] ?? 'as approved'} here, ${STATES[change.theirs] ?? 'otherwise'} there`;
  return first === 'name' ? `${label}: “${change.theirs}” there` : label;
}
