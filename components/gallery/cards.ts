import type { ActionState, Evidence } from '@/lib/domain/action';
import { APPROVAL_STATES, type ApprovalState } from '@/lib/domain/approval';
import type { BriefDraft } from '@/lib/domain/brief';
import {
  type ActionApprovalView,
  type ActionView,
  type CampaignApprovalView,
  type Card,
  DEPLOY_STEPS,
  type DeployProgressView,
  type ReportView,
} from '@/lib/domain/message';
import { bakeryPlan, bakerySpend, eur } from './plan';

export type CardFixture = { name: string; card: Card };

const AT = '2026-11-23T08:00:00.000Z';
const head = (state: ApprovalState) => ({
  approvalId: `approval-${state}`,
  hash: 'a'.repeat(64),
  state,
  expiresAt: '2026-11-24T08:00:00.000Z',
  decidedAt: state === 'WAITING' ? null : AT,
});

export const bakeryBrief: BriefDraft = {
  businessName: 'Padaria da Ana',
  businessDescription: 'A family bakery in the old town, two ovens, open since 1974',
  product: 'Birthday cakes made to order',
  targetAudience: 'Families with children who celebrate at home',
  goal: 'LEADS',
  monthlyBudget: eur(30_000),
  location: 'Porto, up to 10 km around',
  country: 'PT',
  uniqueSellingPoint: 'Baked the same morning, with the name on it',
  websiteUrl: null,
  customerValue: eur(3_200),
  marginPercent: null,
  language: 'pt',
};

const pauseEvidence: Evidence = {
  rule: 'pause-bad-ad',
  facts: [
    { key: 'ad_days_running', value: 9, subject: 'ad-2' },
    { key: 'ad_shown_times', value: 6_240, subject: 'ad-2' },
    { key: 'ad_clicks', value: 21, subject: 'ad-2' },
    { key: 'ad_results', value: 0, subject: 'ad-2' },
    { key: 'ad_spend', value: eur(2_870), subject: 'ad-2' },
    { key: 'best_ad_shown_times', value: 7_105, subject: 'ad-1' },
    { key: 'best_ad_clicks', value: 118, subject: 'ad-1' },
    { key: 'best_ad_results', value: 7, subject: 'ad-1' },
    { key: 'chance_clearly_worse', value: 0.97, subject: 'ad-2' },
  ],
  confidence: 0.97,
  alternatives: ['wait_longer', 'swap_in_reserve_instead'],
  wouldChange: ['ad_brings_results', 'late_results_arrive'],
  since: '2026-11-12',
  until: '2026-11-20',
};

const raiseEvidence: Evidence = {
  rule: 'raise-budget',
  facts: [
    { key: 'days_looked_at', value: 14 },
    { key: 'spend_looked_at', value: eur(13_860) },
    { key: 'results_looked_at', value: 17 },
    { key: 'cost_per_result', value: eur(815) },
    { key: 'result_value', value: eur(3_200) },
    { key: 'chance_more_pays', value: 0.92 },
    { key: 'daily_budget_now', value: eur(1_000) },
    { key: 'daily_budget_new', value: eur(1_200) },
  ],
  confidence: 0.92,
  alternatives: ['leave_budget', 'raise_less'],
  wouldChange: ['cost_rises', 'budget_not_used'],
  since: '2026-11-06',
  until: '2026-11-19',
};

function launch(state: ApprovalState, planVersion = 1): CampaignApprovalView {
  return {
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'launch',
    campaignId: 'campaign-1',
    planVersion,
    plan: bakeryPlan,
    spend: bakerySpend,
    ...head(state),
  };
}

function raise(state: ApprovalState, more: Partial<ActionApprovalView> = {}): ActionApprovalView {
  return {
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'campaign_action',
    campaignId: 'campaign-1',
    campaignName: bakeryPlan.name,
    action: { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_200) },
    evidence: raiseEvidence,
    risk: 'normal',
    spend: {
      before: bakerySpend,
      after: { day: eur(1_200), worstDay: eur(2_100), week: eur(8_400), month: eur(36_000) },
    },
    subjectName: null,
    reasons: [],
    ...head(state),
    ...more,
  };
}

export function pausedAd(state: ActionState, more: Partial<ActionView> = {}): ActionView {
  return {
    kind: 'AGENT_ACTION',
    actionId: `action-${state}`,
    actionKind: 'pause_ad',
    state,
    action: { kind: 'pause_ad', adKey: 'ad-2' },
    campaignName: bakeryPlan.name,
    subjectName: 'You do the party. We do the cake.',
    evidence: pauseEvidence,
    approvedByOwner: false,
    undo: state === 'DONE' ? 'possible' : state === 'UNDONE' ? 'done' : 'none',
    at: AT,
    projectId: 'project-1',
    ...more,
  };
}

function deploy(
  doneSteps: number,
  status: DeployProgressView['status'],
  more: Partial<DeployProgressView> = {},
): DeployProgressView {
  return {
    kind: 'DEPLOY_PROGRESS',
    deploymentId: 'deployment-1',
    campaignId: 'campaign-1',
    campaignName: bakeryPlan.name,
    status,
    problem: null,
    referenceId: null,
    steps: DEPLOY_STEPS.map((step, index) => ({
      step,
      state:
        index < doneSteps
          ? 'done'
          : index === doneSteps
            ? status === 'DEPLOY_FAILED'
              ? 'failed'
              : 'running'
            : 'waiting',
    })),
    ...more,
  };
}

function report(more: Partial<ReportView> = {}): ReportView {
  return {
    kind: 'REPORT',
    reportId: 'report-1',
    campaignName: bakeryPlan.name,
    since: '2026-11-16',
    until: '2026-11-22',
    partialWeek: false,
    goal: 'LEADS',
    totals: {
      spend: eur(6_880),
      reach: 5_120,
      impressions: 11_400,
      clicks: 132,
      results: 7,
      costPerResult: eur(982),
      roas: null,
    },
    previous: {
      spend: eur(6_950),
      reach: 4_870,
      impressions: 11_020,
      clicks: 101,
      results: 5,
      costPerResult: eur(1_390),
      roas: null,
    },
    sinceLaunch: { spend: eur(13_830), results: 12 },
    expected: { low: 2, high: 8 },
    summary:
      'This week your ads cost €68.80 and reached about 5,120 people. They brought 132 clicks and 7 enquiries; each cost €9.82.',
    done: ['Paused the ad “You do the party” and put the reserve in its place'],
    watching: ['Whether the new ad finds its feet'],
    needsYou: ['A decision: raise the daily budget to €12?'],
    ...more,
  };
}

const LAUNCH_NAMES: Record<ApprovalState, string> = {
  WAITING: 'waits',
  APPROVED: 'approved',
  EXECUTING: 'being set up',
  DONE: 'done',
  PARTLY_DONE: 'partly done',
  FAILED: 'failed',
  DECLINED: 'declined',
  EXPIRED: 'expired',
  SUPERSEDED: 'superseded',
};

const accounts = [
  { id: 'account-1', name: 'Padaria da Ana', currency: 'EUR', timezone: 'Europe/Lisbon', usable: true, problem: null },
  {
    id: 'account-2',
    name: 'Old account',
    currency: 'USD',
    timezone: 'America/New_York',
    usable: false,
    problem: 'unpaid bill at Facebook',
  },
];
const pages = [
  { id: 'page-1', name: 'Padaria da Ana', instagram: true },
  { id: 'page-2', name: 'Ana Martins', instagram: false },
];

/** Every card in every state it can be seen in. */
export const cardFixtures: CardFixture[] = [
  ...APPROVAL_STATES.map((state) => ({
    name: `Launch, ${LAUNCH_NAMES[state]}`,
    card: launch(state, state === 'SUPERSEDED' ? 1 : 2),
  })),
  {
    name: 'Brief, waits',
    card: { kind: 'BRIEF_SUMMARY', projectId: 'project-1', version: 3, state: 'waiting', brief: bakeryBrief },
  },
  {
    name: 'Brief, unfinished',
    card: {
      kind: 'BRIEF_SUMMARY',
      projectId: 'project-1',
      version: 3,
      state: 'waiting',
      brief: { businessName: 'Padaria da Ana', goal: 'LEADS' },
    },
  },
  {
    name: 'Brief, confirmed',
    card: { kind: 'BRIEF_SUMMARY', projectId: 'project-1', version: 3, state: 'confirmed', brief: bakeryBrief },
  },
  {
    name: 'Brief, superseded',
    card: { kind: 'BRIEF_SUMMARY', projectId: 'project-1', version: 2, state: 'superseded', brief: bakeryBrief },
  },
  ...(['waiting', 'denied', 'broken', 'ending', 'connected'] as const).map((state) => ({
    name: `Connect, ${state}`,
    card: {
      kind: 'FB_CONNECT' as const,
      projectId: 'project-1',
      state,
      simulated: state === 'waiting',
      accountName: state === 'connected' ? 'Padaria da Ana' : null,
    },
  })),
  {
    name: 'Account, waits',
    card: {
      kind: 'ACCOUNT_PICKER',
      projectId: 'project-1',
      state: 'waiting',
      accounts,
      pages,
      accountId: null,
      pageId: null,
    },
  },
  {
    name: 'Account, nothing to choose',
    card: {
      kind: 'ACCOUNT_PICKER',
      projectId: 'project-2',
      state: 'waiting',
      accounts: [],
      pages: [],
      accountId: null,
      pageId: null,
    },
  },
  {
    name: 'Account, chosen',
    card: {
      kind: 'ACCOUNT_PICKER',
      projectId: 'project-1',
      state: 'chosen',
      accounts,
      pages,
      accountId: 'account-1',
      pageId: 'page-1',
    },
  },
  ...(['WAITING', 'DONE', 'DECLINED', 'EXPIRED'] as const).map((state) => ({
    name: `Budget, ${LAUNCH_NAMES[state]}`,
    card: raise(state),
  })),
  {
    name: 'Budget, big step',
    card: raise('WAITING', {
      risk: 'high',
      action: {
        kind: 'set_ad_set_budget',
        adSetKey: 'adset-1',
        from: eur(1_000),
        to: eur(2_400),
        newMonthlyCeiling: eur(75_000),
      },
    }),
  },
  ...(['DONE', 'UNDONE', 'EXECUTING', 'FAILED', 'REFUSED', 'SHADOW'] as const).map((state) => ({
    name: `Paused ad, ${state.toLowerCase()}`,
    card: pausedAd(state),
  })),
  { name: 'Paused ad, too late to undo', card: pausedAd('DONE', { undo: 'expired' }) },
  { name: 'Set up, starting', card: deploy(0, 'DEPLOYING') },
  { name: 'Set up, half way', card: deploy(4, 'DEPLOYING') },
  { name: 'Set up, sent', card: deploy(7, 'IN_REVIEW') },
  { name: 'Set up, running', card: deploy(7, 'ACTIVE') },
  {
    name: 'Set up, failed',
    card: deploy(3, 'DEPLOY_FAILED', { problem: 'platform_fix_input', referenceId: 'R-7F3K' }),
  },
  {
    name: 'Plan difference',
    card: {
      kind: 'PLAN_DIFF',
      fromVersion: 1,
      toVersion: 2,
      changes: [
        { label: 'Money a day', before: '€10', after: '€8' },
        { label: 'Where', before: 'Porto and 10 km around', after: 'Porto and 5 km around' },
      ],
    },
  },
  { name: 'Report', card: report() },
  {
    name: 'Report, first short week',
    card: report({
      partialWeek: true,
      previous: null,
      expected: { low: 2, high: 8 },
      done: [],
      needsYou: [],
      watching: ['Too early to say anything. It needs about 9 more days.'],
      totals: {
        spend: eur(2_010),
        reach: null,
        impressions: 3_100,
        clicks: 28,
        results: 0,
        costPerResult: null,
        roas: null,
      },
      sinceLaunch: { spend: eur(2_010), results: 0 },
      summary: 'In the 3 days it ran your ads cost €20.10. They brought 28 clicks and no enquiry yet.',
    }),
  },
  {
    name: 'Notice, live',
    card: { kind: 'NOTICE', tone: 'good', key: 'campaign_live', params: { campaign: bakeryPlan.name } },
  },
  {
    name: 'Notice, in review',
    card: { kind: 'NOTICE', tone: 'info', key: 'campaign_in_review', params: { campaign: bakeryPlan.name } },
  },
  {
    name: 'Notice, refused',
    card: {
      kind: 'NOTICE',
      tone: 'warning',
      key: 'ad_refused',
      params: { ad: 'Birthday cakes from €24', reason: 'The text promises a price the page does not show.' },
    },
  },
  { name: 'Response, yes', card: { kind: 'APPROVAL_RESPONSE', decision: 'approve', approvalKind: 'launch' } },
  {
    name: 'Response, changes',
    card: { kind: 'APPROVAL_RESPONSE', decision: 'request_changes', approvalKind: 'launch' },
  },
];
