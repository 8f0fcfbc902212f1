export const APPROVAL_KINDS = ['launch', 'campaign_action', 'envelope'] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

export const APPROVAL_STATES = ['WAITING', 'APPROVED', 'EXECUTING', 'DONE', 'FAILED', 'DECLINED', 'EXPIRED', 'SUPERSEDED'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export type ApprovalDecision = 'approve' | 'decline' | 'request_changes';

/** Business hours until a card may no longer be pressed: a day, one hour where spend would more than double. */
export function approvalLifetimeHours(from: bigint, to: bigint): number {
  return from > 0n && to > from * 2n ? 1 : 24;
}
