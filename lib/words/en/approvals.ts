import type { ApprovalDecision, ApprovalKind } from '../../domain/approval';

/** What the owner's press reads like in the conversation. */
export function decisionSentence(kind: ApprovalKind, decision: ApprovalDecision): string {
  if (decision === 'request_changes') return 'I’d like some changes first.';
  if (decision === 'decline') return kind === 'launch' ? 'Not this one, thank you.' : 'No, leave it as it is.';
  if (kind === 'launch') return 'Approved: please start this campaign.';
  return kind === 'policy_change' ? 'Approved: these are the new limits.' : 'Approved: please go ahead.';
}
