import { type CampaignAction, isStopAction } from '../../domain/action';
import type { ApprovalDecision } from '../../domain/approval';
import type { MoneyJson } from '../../domain/money';
import type { Plan } from '../../domain/plan';
import type { Verb } from '../../domain/roles';

type Asked = { kind: string; payload: string; deltaMinor: bigint | null; currency: string | null };
type Press = [verb: Verb, spend?: { minor: bigint | null; currency: string | null }];

/**
 * What a press on a card amounts to, for the matrix of roles: which verb, and how much more it would let be spent per day
 * (minor units). Money nobody counted is null, which only roles without a limit may approve. `ceiling`: the monthly limit in
 * force; null before the first launch.
 */
export function pressOf(approval: Asked, decision: ApprovalDecision, ceiling: MoneyJson | null): Press {
  if (decision !== 'approve') return ['approval.answer'];
  if (approval.kind === 'envelope' || approval.kind === 'policy_change') return ['policy.approve'];
  const action = approval.kind === 'campaign_action' ? actionIn(approval.payload) : null;
  if (action && isStopAction(action)) return ['ads.stop'];
  if (approval.kind === 'launch' && liftsCeiling(approval.payload, ceiling))
    return ['approval.approve', { minor: null, currency: approval.currency }];
  return ['approval.approve', { minor: spendOf(approval, action), currency: approval.currency }];
}

function spendOf(approval: Asked, action: CampaignAction | null): bigint | null {
  // A new monthly limit reaches further than the day it is asked on.
  if (action?.kind === 'set_ad_set_budget' && action.newMonthlyCeiling) return null;
  // The sum stays as it is.
  if (action?.kind === 'shift_budget' || action?.kind === 'swap_creative') return 0n;
  return approval.deltaMinor;
}

/** A new monthly limit reaches further than the day it is asked on. */
function liftsCeiling(payload: string, ceiling: MoneyJson | null): boolean {
  const wanted = (JSON.parse(payload) as Plan).envelope.monthlyCeiling;
  if (!ceiling) return false;
  return wanted.currency !== ceiling.currency || BigInt(wanted.minor) > BigInt(ceiling.minor);
}

/** Written by askOwner alone; its hash is checked before anything is carried out. */
function actionIn(payload: string): CampaignAction | null {
  return (JSON.parse(payload) as { action?: CampaignAction }).action ?? null;
}
