import type { ApprovalDecision, ApprovalKind } from '../../domain/approval';

/** What the owner's press reads like in the conversation. */
export function decisionSentence(kind: ApprovalKind, decision: ApprovalDecision): string {
  if (decision === 'request_changes') return 'I’d like some changes first.';
  if (decision === 'decline' && kind === 'stop_release') return 'No, leave everything stopped.';
  if (decision === 'decline') return kind === 'launch' ? 'Not this one, thank you.' : 'No, leave it as it is.';
  if (kind === 'launch') return 'Approved: please start this campaign.';
  if (kind === 'stop_release') return 'Approved: lift the stop, and run exactly what is listed.';
  if (kind === 'bundle') return 'Approved: please do exactly these.';
  return kind === 'policy_change' ? 'Approved: these are the new limits.' : 'Approved: please go ahead.';
}
