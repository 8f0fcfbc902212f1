import type { CampaignStatus } from '../../domain/campaign-status';
import type { HistoryActor, HistoryFacts, HistoryKind } from '../../domain/history';
import type { Locale } from '../format';
import { actionAsked, actionTitle } from './actions';
import { campaignStatusWords } from './dashboard';

export const historyKindWords: Record<HistoryKind, string> = {
  decisions: 'Decisions',
  changes: 'Changes to ads',
  plans: 'Plans and reports',
  stops: 'Stops',
  connections: 'Connections',
  other: 'Everything else',
};

/** Heads of the table an owner can download. */
export const historyColumns = ['No.', 'When (UTC)', 'Who', 'Kind', 'What', 'Details', 'Shop'];

/** Who did it. `you` is the person who reads. */
export function historyWho(actor: HistoryActor, you: boolean): string {
  if (actor.type === 'user') return you ? 'You' : (actor.name ?? 'Somebody in this workspace');
  return actor.type === 'webhook' ? 'Facebook' : 'Aigency';
}

type Said = { text: string; detail?: string | null };

/** One row of the trail as a sentence, and what stands behind it. Never an id, never a figure that is not in the row. */
export function historySentence(facts: HistoryFacts, locale: Locale): { text: string; detail: string | null } {
  const { text, detail } = SENTENCES[facts.event]?.(facts, locale) ?? { text: 'Something was written down' };
  return { text, detail: detail ?? null };
}

const about = (campaign: string | null) => (campaign ? ` “${campaign}”` : ' the ads');
const status = (value: unknown) => campaignStatusWords[value as CampaignStatus] ?? 'Not known';
const number = (value: unknown) => (typeof value === 'number' ? value : null);
const asked = ({ action }: HistoryFacts, locale: Locale) =>
  action ? actionAsked(action, locale) : 'A change to the ads';
const done = ({ action, campaign }: HistoryFacts) =>
  action
    ? actionTitle({ ...action, campaign: campaign ?? '', approvedByOwner: false })
    : `Changed the ads${about(campaign)}`;

/** The campaign, where the sentence named one of its parts instead. */
const beside = ({ action, campaign }: HistoryFacts) => (action?.subject ? campaign : null);

const CARDS: Record<string, string> = {
  launch: 'new ads',
  campaign_action: 'a change',
  policy_change: 'other limits',
  bundle: 'several small changes',
  stop_release: 'lifting the stop',
};
const card = ({ approval }: HistoryFacts) => CARDS[approval?.kind ?? ''] ?? 'a decision';

const DECISIONS: Record<string, string> = {
  approve: 'Approved',
  decline: 'Declined',
  request_changes: 'Asked for changes to',
};
const ANSWERS: Record<string, string> = {
  allow: 'It is inside your limits, so it was done.',
  ask: 'It needs your decision.',
  refuse: 'Your limits do not allow it, so nothing was done.',
  shadow: 'Only watching: nothing was done.',
};
const HELD: Record<string, string> = {
  taken_over: 'Another login took this ad account over.',
  missing_permissions: 'Something ads need was left unticked.',
};

const ALARMS: Record<string, string> = {
  site_down: 'the website does not answer',
  tracking_lost: 'visits are no longer counted',
  checkout_broken: 'far fewer visitors become customers',
  runaway_spend: 'too much was spent in a day',
  price_spike: 'ads are unusually expensive',
  missing_data: 'no numbers come from Facebook',
};
const alarm = (kind: unknown) => ALARMS[String(kind)] ?? 'something unusual';
const ALARM_ANSWERS: Record<string, string> = {
  'all-fine': 'The shop is all right.',
  'tracking-broken': 'Only the counting is broken.',
  'site-broken': 'The shop is broken.',
};

const SENTENCES: Record<string, (facts: HistoryFacts, locale: Locale) => Said> = {
  'project.created': () => ({ text: 'Opened the shop' }),
  'brief.updated': ({ after }) => ({ text: 'Noted what was learned about the business', detail: version(after) }),
  'brief.confirmed': ({ after }) => ({ text: 'Confirmed what was understood', detail: version(after) }),
  'plan.drafted': ({ campaign, after }) => ({ text: `Drafted the plan${about(campaign)}`, detail: version(after) }),
  'approval.requested': (facts) => ({
    text: facts.actor.type === 'user' ? `Asked for ${card(facts)}` : `Put a card before you: ${card(facts)}`,
    detail: facts.approval?.text ?? null,
  }),
  'approval.decided': (facts) => ({
    text: `${DECISIONS[String(facts.reason.decision)] ?? 'Decided on'} ${card(facts)}`,
    detail: facts.approval?.text ?? null,
  }),
  'approval.superseded': (facts) => ({
    text: `A newer card replaced one about ${card(facts)}`,
    detail: facts.approval?.text ?? null,
  }),
  'approval.expired': (facts) => ({
    text: `A card about ${card(facts)} ran out; nothing was done`,
    detail: facts.approval?.text ?? null,
  }),
  'policy.changed': ({ after }) => ({ text: 'New limits hold', detail: version(after) }),
  'deployment.started': ({ campaign, before }) => ({
    text: before.state ? `Went on setting up${about(campaign)}` : `Began to set up${about(campaign)} at Facebook`,
  }),
  'deployment.finished': ({ campaign }) => ({ text: `Set up${about(campaign)} at Facebook and read it back` }),
  'deployment.failed': ({ campaign }) => ({ text: `Could not set up${about(campaign)}; nothing was switched on` }),
  'campaign.status_changed': ({ campaign, before, after }) => ({
    text: `${campaign ? `“${campaign}”` : 'The ads'}: ${status(after.status)}`,
    detail: before.status ? `Before: ${status(before.status)}` : null,
  }),
  'action.proposed': (facts, locale) => ({
    text: `Suggested: ${asked(facts, locale)}`,
    detail: ANSWERS[String(facts.after.answer)] ?? null,
  }),
  'action.executed': (facts) => ({ text: done(facts), detail: beside(facts) }),
  'action.failed': (facts, locale) => ({
    text:
      facts.after.state === 'REFUSED'
        ? `Not done: ${asked(facts, locale)}`
        : `Did not go through: ${asked(facts, locale)}`,
    detail: facts.campaign,
  }),
  'action.graded': (facts) => ({ text: `Looked back at a change: ${done(facts)}`, detail: beside(facts) }),
  'policy.lowered': ({ after }) => ({ text: 'Lowered what may be done without asking', detail: version(after) }),
  'action.undone': (facts) => ({ text: `Taken back: ${done(facts)}`, detail: beside(facts) }),
  'report.created': ({ campaign }) => ({ text: `Wrote the weekly report on${about(campaign)}` }),
  'connection.established': ({ after }) => ({
    text: 'Connected Facebook',
    detail: `${counted(after.accounts, 'ad account', 'ad accounts')}, ${counted(after.pages, 'Page', 'Pages')}`,
  }),
  'connection.denied': () => ({ text: 'Signed in at Facebook without everything ads need; it is not used' }),
  'connection.broken': ({ reason }) => ({
    text: 'Facebook no longer accepted the connection',
    detail: HELD[String(reason.reason)] ?? null,
  }),
  'connection.repaired': () => ({ text: 'The connection works again' }),
  'connection.ending': () => ({ text: 'The connection runs out soon' }),
  'connection.revoked': ({ reason }) => ({
    text: 'The connection was taken back',
    detail: HELD[String(reason.reason)] ?? null,
  }),
  'account.selected': () => ({ text: 'Chose the ad account and the Page' }),
  'stop.ordered': ({ after }) => ({
    text: 'Stopped all ads',
    detail: number(after.campaigns) === null ? null : counted(after.campaigns, 'campaign', 'campaigns'),
  }),
  'stop.progressed': ({ campaign, after }) => ({
    text:
      after.state === 'FAILED' ? `Could not stop${about(campaign)} yet` : `Stopped${about(campaign)} and read it back`,
  }),
  'stop.confirmed': () => ({ text: 'Everything is stopped; it was read back at Facebook' }),
  'stop.released': () => ({ text: 'Lifted the stop' }),
  'stop.link_created': () => ({ text: 'Made a link that can only stop ads' }),
  'stop.link_revoked': () => ({ text: 'Took a stop link back' }),
  'quarantine.opened': () => ({ text: 'Held a connection still after something unexpected' }),
  'quarantine.released': () => ({ text: 'Lifted the hold on a connection' }),
  'job.redriven': () => ({ text: 'Tried something again that had given up' }),
  'job.discarded': () => ({ text: 'Dropped something that had given up' }),
  'drift.found': ({ campaign }) => ({ text: `Found that${about(campaign)} was changed at Facebook` }),
  'drift.settled': ({ campaign, after }) => ({
    text:
      after.state === 'RESTORING'
        ? `Asked for${about(campaign)} to be put back as it was approved`
        : `Kept the change to${about(campaign)} made at Facebook`,
  }),
  'workspace.limit_set': ({ after }) => ({
    text:
      after.limit === null
        ? 'Took away the limit for all shops together'
        : 'Set the most that all shops together may cost in a month',
  }),
  'effect.found': ({ campaign }) => ({
    text: `Found that a change to${about(campaign)} was made at Facebook after all`,
  }),
  'member.invited': () => ({ text: 'Invited somebody to this workspace' }),
  'member.joined': () => ({ text: 'Joined this workspace' }),
  'member.changed': () => ({ text: 'Changed what somebody may do here' }),
  'member.removed': () => ({ text: 'Removed somebody from this workspace' }),
  'invitation.cancelled': () => ({ text: 'Took an invitation back' }),
  'workspace.created': () => ({ text: 'This workspace began' }),
  'ad.hindered': ({ campaign }) => ({ text: `Facebook reported a problem with${about(campaign)}` }),
  'ad.refused': ({ campaign }) => ({ text: `Facebook refused an ad of${about(campaign)}` }),
  'ad_test.started': ({ campaign, after }) => ({
    text: `Started a comparison of ${after.level === 'adset' ? 'groups' : 'ads'} in${about(campaign)}${after.drawnBy === 'lot' ? ', drawn by lot at Facebook' : ''}`,
  }),
  'ad_test.ended': ({ campaign, after }) => ({
    text: `A comparison in${about(campaign)} ended${TEST_ENDS[String(after.state)] ?? ''}`,
  }),
  'alarm.raised': ({ after }) => ({ text: `Raised an alarm: ${alarm(after.kind)}` }),
  'alarm.answered': ({ after }) => ({
    text: `Answered an alarm: ${alarm(after.kind)}`,
    detail: ALARM_ANSWERS[String(after.says)] ?? null,
  }),
  'alarm.released': ({ before }) => ({ text: `An alarm is over: ${alarm(before.kind)}` }),
};

const TEST_ENDS: Record<string, string> = {
  WON: ' with a winner',
  NO_DIFFERENCE: ': no difference',
  UNDECIDED: ' without a winner',
  CANCELLED: ' early, because what was compared had changed',
  STOPPED: ' early, because somebody ended it',
};

/** Whether an event has words of its own here; the ones that leave no row need none. */
export function hasHistorySentence(event: string): boolean {
  return event in SENTENCES;
}

function counted(value: unknown, one: string, many: string): string {
  const count = number(value) ?? 0;
  return `${count} ${count === 1 ? one : many}`;
}

function version(after: Record<string, unknown>): string | null {
  const value = number(after.version);
  return value === null ? null : `Version ${value}`;
}
