export const APPROVAL_KINDS = ['launch', 'campaign_action', 'policy_change'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

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
