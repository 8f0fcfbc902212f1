import type { ConnectionHealth } from '@/lib/domain/connection-health';
import type { HistoryEntry } from '@/lib/domain/history';
import { DEFAULT_LIMITS } from '@/lib/domain/policy-limits';
import type { ProblemDigest } from '@/lib/domain/problem-digest';
import type { DriftView, StopView } from '@/lib/domain/views';
import { policyLines } from '@/lib/words/en/policy';
import type { InboxEntry } from '../inbox/inbox-list';
import type { MonthOfLimits } from '../limits/month-bar';
import { cardFixtures } from './cards';
import { eur } from './plan';

const card = (name: string) => {
  const found = cardFixtures.find((fixture) => fixture.name === name);
  if (!found) throw new Error(`no card fixture called ${name}`);
  return found.card;
};

const waiting = {
  projectId: 'project-1',
  projectName: 'Padaria da Ana',
  conversationId: 'conversation-2',
  risk: 'normal' as const,
  perDayChange: null,
  expiresAt: '2026-11-24T08:00:00.000Z',
  mayDecide: true,
};

export const inboxEntries: InboxEntry[] = [
  {
    ...waiting,
    approvalId: 'inbox-1',
    kind: 'launch',
    text: 'Birthday cakes: €10 a day on average, up to €17.50 on a busy day, never more than €300 in a month.',
    perDayChange: eur(1_000),
    card: card('Launch, waits'),
  },
  {
    ...waiting,
    approvalId: 'inbox-2',
    kind: 'policy_change',
    projectName: 'Salão Bela Vista, cabeleireiro e estética',
    text: 'Most in a calendar month: €900. Shall I set it so?',
    risk: 'high',
    mayDecide: false,
    card: card('Launch, waits'),
  },
];

const account = {
  id: 'account-1',
  name: 'Padaria da Ana',
  currency: 'EUR',
  state: 'ACTIVE',
  hasFunding: true,
  shops: ['Padaria da Ana'],
  usedPercent: 34,
  heldMinutes: 0,
};
const healthy: ConnectionHealth = {
  id: 'connection-1',
  pretend: false,
  state: 'HEALTHY',
  reason: null,
  hold: null,
  connectedAt: '2026-10-02T09:00:00.000Z',
  checkedAt: null,
  endsAt: '2026-12-01T09:00:00.000Z',
  daysLeft: 9,
  granted: ['ads_management', 'ads_read', 'pages_show_list', 'pages_read_engagement'],
  declined: ['instagram_basic'],
  accounts: [
    account,
    {
      ...account,
      id: 'account-2',
      name: 'A very long account name that an agency gave it many years ago',
      state: 'UNSETTLED',
      hasFunding: false,
      shops: [],
      usedPercent: 91,
      heldMinutes: 12,
    },
  ],
  pages: ['Padaria da Ana', 'Bolos da Ana'],
  projectId: 'project-1',
};

export const connections: ConnectionHealth[] = [
  healthy,
  { ...healthy, id: 'connection-2', state: 'BROKEN', reason: 'other', accounts: [], pages: [], daysLeft: 0 },
  {
    ...healthy,
    id: 'connection-3',
    state: 'BROKEN',
    reason: 'missing_permissions',
    accounts: [],
    endsAt: null,
    daysLeft: null,
  },
  {
    ...healthy,
    id: 'connection-4',
    pretend: true,
    state: 'QUARANTINED',
    reason: 'quarantined',
    hold: { id: 'hold-1', because: 'refused' },
    accounts: [],
  },
];

const trouble: ProblemDigest = {
  key: 'launch:1',
  kind: 'launch',
  subject: 'Birthday cakes in Porto',
  projectId: 'project-1',
  projectName: 'Padaria da Ana',
  code: 'platform_fix_input',
  count: 1,
  lastAt: '2026-11-23T08:00:00.000Z',
  referenceId: 'R-7QK2',
  again: { type: 'deployment', campaignRecordId: 'campaign-1' },
};

export const problems: ProblemDigest[] = [
  trouble,
  {
    ...trouble,
    key: 'background:1',
    kind: 'background',
    subject: 'weekly-report',
    code: 'internal',
    count: 2,
    again: { type: 'dead_letter', ids: ['a', 'b'] },
  },
  {
    ...trouble,
    key: 'action:1',
    kind: 'action',
    code: 'platform_retry_later',
    count: 3,
    referenceId: null,
    again: null,
  },
  { ...trouble, key: 'unclear', kind: 'unclear', code: null, projectName: null, referenceId: null, again: null },
  { ...trouble, key: 'answers', kind: 'answers', code: 'model_unavailable', projectName: null, count: 2, again: null },
];

const target = { projectId: 'project-1', nextTryAt: '2026-11-23T08:00:05.000Z' };
export const halfStopped: StopView = {
  stopId: 'stop-1',
  state: 'STOPPING',
  scope: 'workspace',
  projectId: null,
  via: 'owner',
  startedAt: '2026-11-23T08:00:00.000Z',
  confirmedAt: null,
  counts: { campaigns: 4, confirmed: 1, sent: 1, queued: 1, failed: 1 },
  campaigns: [
    { ...target, campaignId: 'c1', name: 'Birthday cakes in Porto', state: 'CONFIRMED', reason: null, nextTryAt: null },
    { ...target, campaignId: 'c2', name: 'Wedding cakes', state: 'SENT', reason: 'still_in_flight' },
    { ...target, campaignId: 'c3', name: 'Bread subscription', state: 'QUEUED', reason: 'platform_retry_later' },
    { ...target, campaignId: 'c4', name: 'Christmas cakes', state: 'FAILED', reason: 'platform_reauthorise' },
  ],
};

const line: Omit<HistoryEntry, 'seq'> = {
  at: '2026-11-23T08:00:00.000Z',
  kind: 'decisions',
  who: 'You',
  text: 'Approved new ads',
  detail: 'Birthday cakes: €10 a day on average, never more than €300 in a month.',
  project: { id: 'project-1', name: 'Padaria da Ana' },
};
export const history: HistoryEntry[] = [
  { ...line, seq: 12, kind: 'stops', text: 'Stopped all ads', detail: '4 campaigns', project: null },
  { ...line, seq: 11 },
  { ...line, seq: 10, who: 'Aigency', kind: 'changes', text: 'Paused an ad: Grandmother’s recipe', detail: null },
  {
    ...line,
    seq: 9,
    at: '2026-11-20T20:15:00.000Z',
    who: 'Facebook',
    kind: 'connections',
    text: 'The connection was taken back',
    detail: null,
  },
];

export const limits = {
  ...DEFAULT_LIMITS,
  monthlyCeiling: eur(30_000),
  dayCeiling: eur(2_500),
  mayPauseBadAds: true,
  maySwapInReserves: true,
  maxShiftPercent: 20,
  maxChangesPerDay: 2,
  quietHours: { from: 22, until: 7 },
};
export const limitLines = policyLines(limits, 'en');
export const month: MonthOfLimits = {
  month: '2026-11',
  ceiling: eur(30_000),
  spent: eur(21_340),
  promised: eur(6_100),
  left: eur(2_560),
};

const change: DriftView = {
  id: 'drift-1',
  campaignId: 'campaign-1',
  campaignName: 'Birthday cakes in Porto',
  projectId: 'project-1',
  level: 'adset',
  localKey: 'adset-1',
  field: 'daily_budget',
  ours: '1000',
  theirs: '5000',
  currency: 'EUR',
  changedBy: 'Rui Tavares',
  changedAt: null,
  state: 'OPEN',
  mayRestore: true,
  seenAt: '2026-11-23T03:00:00.000Z',
};
export const drift: DriftView[] = [
  change,
  {
    ...change,
    id: 'drift-2',
    level: 'ad',
    field: 'status',
    ours: 'ACTIVE',
    theirs: 'PAUSED',
    changedBy: null,
    mayRestore: false,
  },
];
