import type { ActionState, Evidence } from '@/lib/domain/action';
import type { ApprovalState } from '@/lib/domain/approval';
import type { ActionApprovalView, ActionView } from '@/lib/domain/message';
import { AT, type CardFixture, head, STATE_NAMES } from './card-fixture';
import { bakeryPlan, bakerySpend, eur } from './plan';

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

export function raise(state: ApprovalState, more: Partial<ActionApprovalView> = {}): ActionApprovalView {
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

/** Changes the product asks for, and those that were done. */
export const actionCards: CardFixture[] = [
  ...(['WAITING', 'DONE', 'DECLINED', 'EXPIRED'] as const).map((state) => ({
    name: `Budget, ${STATE_NAMES[state]}`,
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
      spend: {
        before: bakerySpend,
        after: { day: eur(2_400), worstDay: eur(4_200), week: eur(16_800), month: eur(72_000) },
      },
    }),
  },
  ...(['DONE', 'UNDONE', 'EXECUTING', 'FAILED', 'REFUSED', 'SHADOW'] as const).map((state) => ({
    name: `Paused ad, ${state.toLowerCase()}`,
    card: pausedAd(state),
  })),
  { name: 'Paused ad, too late to undo', card: pausedAd('DONE', { undo: 'expired' }) },
];
