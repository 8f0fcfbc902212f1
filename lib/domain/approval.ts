import type { ActionState, CampaignAction } from './action';

/** `bundle`: several small changes of one day under one press. `stop_release`: lifting the emergency stop, and what runs then. */
export const APPROVAL_KINDS = ['launch', 'campaign_action', 'policy_change', 'bundle', 'stop_release'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** Kinds whose one press covers a listed set of changes. */
export function isOfMany(kind: string): boolean {
  return kind === 'bundle' || kind === 'stop_release';
}

export const APPROVAL_STATES = [
  'WAITING',
  'APPROVED',
  'EXECUTING',
  'DONE',
  'PARTLY_DONE',
  'FAILED',
  'DECLINED',
  'EXPIRED',
  'SUPERSEDED',
] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

const NEXT: Record<ApprovalState, readonly ApprovalState[]> = {
  WAITING: ['APPROVED', 'DECLINED', 'EXPIRED', 'SUPERSEDED'],
  APPROVED: ['EXECUTING', 'FAILED'],
  EXECUTING: ['DONE', 'PARTLY_DONE', 'FAILED'],
  DONE: [],
  PARTLY_DONE: [],
  // A failed deployment may be resumed under the same approval.
  FAILED: ['EXECUTING'],
  DECLINED: [],
  EXPIRED: [],
  SUPERSEDED: [],
};

export function approvalMayBecome(from: ApprovalState, to: ApprovalState): boolean {
  return NEXT[from].includes(to);
}

/** The states from which `to` may be reached: what stands in the WHERE clause of the change. */
export function approvalStatesBefore(to: ApprovalState): ApprovalState[] {
  return APPROVAL_STATES.filter((from) => approvalMayBecome(from, to));
}

export type ApprovalDecision = 'approve' | 'decline' | 'request_changes';

/** Business hours until a card may no longer be pressed: a day, one hour where spend would more than double. */
export function approvalLifetimeHours(from: bigint, to: bigint): number {
  return from > 0n && to > from * 2n ? 1 : 24;
}

/** What became of a set of changes; null while one is still under way. Some done and some not is said as exactly that. */
export function outcomeOfMany(states: readonly ActionState[]): 'DONE' | 'PARTLY_DONE' | 'FAILED' | null {
  if (states.some((state) => state === 'EXECUTING' || state === 'WAITING')) return null;
  const done = states.filter((state) => state === 'DONE' || state === 'UNDONE').length;
  if (done === states.length) return 'DONE';
  return done > 0 ? 'PARTLY_DONE' : 'FAILED';
}

/** Whether a change is small enough to be approved as one of several: it can be taken back, and is no big step. */
export function mayBundle(action: CampaignAction, risk: 'normal' | 'high'): boolean {
  if (risk === 'high') return false;
  if (action.kind === 'set_ad_set_budget') return action.newMonthlyCeiling === undefined;
  return ['pause_ad', 'resume_ad', 'shift_budget', 'swap_creative'].includes(action.kind);
}
