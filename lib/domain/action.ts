import type { AdTestTerms, BudgetMove } from './ad-test';
import type { MoneyJson } from './money';
import type { PlanAd, PlanTargeting } from './plan';

/** `from`: what stands there now; null: nothing. `endsAt` and the like are ISO instants. */
export type GuardBack =
  | { what: 'spend_cap'; from: MoneyJson | null; to: MoneyJson }
  | { what: 'end'; adSetKey: string; from: string | null; to: string }
  | { what: 'stop_rule'; to: MoneyJson };

/**
 * What the engine may suggest and the gate may carry out, once a campaign runs. Keys are the plan's local keys
 * ("adset-1", "ad-2"); the gate finds the remote object.
 */
export type CampaignAction =
  | { kind: 'pause_ad'; adKey: string }
  | { kind: 'resume_ad'; adKey: string }
  | { kind: 'pause_campaign' }
  | { kind: 'resume_campaign' }
  /** `newMonthlyCeiling`: set where the raise does not fit the month's limit; the card shows it and approving it raises both. */
  | { kind: 'set_ad_set_budget'; adSetKey: string; from: MoneyJson; to: MoneyJson; newMonthlyCeiling?: MoneyJson }
  /** Moves money between ad sets with the sum unchanged; what is lowered is written before what is raised. Needs two ad sets. */
  | { kind: 'shift_budget'; moves: BudgetMove[] }
  /**
   * Moves money between two campaigns of one project with the sum unchanged: `moves` are of the campaign the action belongs
   * to, `other` of the second one. All of one side go down, and are written first; all of the other side go up.
   */
  | { kind: 'shift_campaigns'; moves: BudgetMove[]; other: { campaignId: string; name: string; moves: BudgetMove[] } }
  | { kind: 'swap_creative'; adKey: string; reserveKey: string }
  /** Tells the platform's own guards (cap or end date) the campaign's part of an account month, "2026-12". */
  | { kind: 'renew_month_guard'; month: string }
  /**
   * Sets one of the platform's own guards back to what it was last told: the cap over the campaign's life, the end of a
   * group, or the rule that pauses after too dear a day (made anew where it is gone).
   */
  | { kind: 'restore_guard'; guard: GuardBack }
  /** Another audience of one group. The platform starts learning anew, which the card says. */
  | { kind: 'set_audience'; adSetKey: string; from: PlanTargeting; to: PlanTargeting }
  /** An ad the approved plan does not have: made switched off, read back, then switched on. Its key is new in the plan. */
  | { kind: 'add_ad'; adSetKey: string; ad: PlanAd }
  /** Compares ads, or groups with their budgets held equal; a draw by lot is made at the platform where `drawnBy` says so. */
  | { kind: 'start_test'; test: AdTestTerms }
  /** Ends a comparison and the platform's draw with it. `moves`: budgets put back as they were before it; [] leaves them. */
  | { kind: 'end_test'; test: AdTestTerms; moves: BudgetMove[] }
  /** For good: there is no Undo. */
  | { kind: 'delete_ad'; adKey: string }
  | { kind: 'delete_campaign' };

export type ActionKind = CampaignAction['kind'];

/** Actions that can only lower spend: they pass before quarantine, quotas and freshness. */
export function isStopAction(action: CampaignAction): boolean {
  if (action.kind === 'pause_ad' || action.kind === 'pause_campaign' || isRemoval(action)) return true;
  return action.kind === 'set_ad_set_budget' && BigInt(action.to.minor) <= BigInt(action.from.minor);
}

/** What cannot be taken back: it is never done without a press, not even on an alarm. */
export function isRemoval(action: CampaignAction): boolean {
  return action.kind === 'delete_ad' || action.kind === 'delete_campaign';
}

/** What of an object an action is about: two cards on the same topic of the same object contradict or repeat each other. */
export function topicOf(
  action: CampaignAction,
): 'switch' | 'budget' | 'creative' | 'audience' | 'new_ad' | 'guard' | 'test' {
  switch (action.kind) {
    case 'set_ad_set_budget':
    case 'shift_budget':
    case 'shift_campaigns':
      return 'budget';
    case 'swap_creative':
      return 'creative';
    case 'set_audience':
      return 'audience';
    case 'add_ad':
      return 'new_ad';
    case 'renew_month_guard':
    case 'restore_guard':
      return 'guard';
    case 'start_test':
    case 'end_test':
      return 'test';
    default:
      return 'switch';
  }
}

/** One number the decision rested on, as it was at that moment. `key` is looked up in words/evidence. */
export type EvidenceFact = { key: string; value: number | string | MoneyJson; subject?: string };

/** Why a decision was taken; stored with it and the only source of a later explanation. */
export type Evidence = {
  /** Rule id, e.g. "pause-bad-ad". */
  rule: string;
  facts: EvidenceFact[];
  /** Probability that the decision is right by the rule's own statistic, 0..1; null where it has none. */
  confidence: number | null;
  /** What was weighed and left: keys of words/evidence. */
  alternatives: string[];
  /** What would have changed the decision: keys of words/evidence. */
  wouldChange: string[];
  /** First and last account day the numbers cover. */
  since: string;
  until: string;
};

export type SuggestedAction = { action: CampaignAction; evidence: Evidence };

/** Policy's answer; a suggestion can only be tightened on its way. */
export type Verdict =
  | { answer: 'allow'; reasons: string[] }
  | { answer: 'ask'; reasons: string[]; risk: 'normal' | 'high' }
  | { answer: 'refuse'; reasons: string[] }
  | { answer: 'shadow'; reasons: string[] };

export const ACTION_STATES = [
  'WAITING',
  'EXECUTING',
  'DONE',
  'FAILED',
  'REFUSED',
  'DECLINED',
  'SHADOW',
  'UNDONE',
] as const;
export type ActionState = (typeof ACTION_STATES)[number];

const NEXT: Record<ActionState, readonly ActionState[]> = {
  WAITING: ['EXECUTING', 'DECLINED'],
  EXECUTING: ['DONE', 'FAILED', 'REFUSED'],
  DONE: ['UNDONE'],
  FAILED: [],
  REFUSED: [],
  DECLINED: [],
  SHADOW: [],
  UNDONE: [],
};

export function actionMayBecome(from: ActionState, to: ActionState): boolean {
  return NEXT[from].includes(to);
}

/** The plan's local key an action is about; 'campaign' for actions on the whole campaign. */
export function subjectOf(action: CampaignAction): string {
  if (action.kind === 'set_ad_set_budget' || action.kind === 'set_audience') return action.adSetKey;
  if (action.kind === 'add_ad') return action.ad.key;
  return 'adKey' in action ? action.adKey : 'campaign';
}

/** Daily budgets an action sets, each from what it was planned from. */
export function movesOf(action: CampaignAction): readonly BudgetMove[] {
  switch (action.kind) {
    case 'set_ad_set_budget':
      return [action];
    case 'shift_budget':
    // Of the campaign it belongs to; what it does on the other one stands in campaign-move.
    case 'shift_campaigns':
    case 'end_test':
      return action.moves;
    case 'start_test':
      return action.test.moves;
    default:
      return [];
  }
}
