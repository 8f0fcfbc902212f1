import { type CampaignAction, isRemoval, isStopAction } from '../../domain/action';
import type { ApprovalDecision } from '../../domain/approval';
import type { MoneyJson } from '../../domain/money';
import type { Plan } from '../../domain/plan';
import type { Verb } from '../../domain/roles';
import { itemsOf } from './items';

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
  if (approval.kind === 'stop_release') return ['ads.release'];
  if (approval.kind === 'bundle')
    return ['approval.approve', { minor: raiseOfAll(approval), currency: approval.currency }];
  const action = approval.kind === 'campaign_action' ? actionIn(approval.payload) : null;
  // What is gone for good is no stop that everybody may press in a hurry: it is approved like any other change.
  if (action && isStopAction(action) && !isRemoval(action)) return ['ads.stop'];
  if (approval.kind === 'launch' && liftsCeiling(approval.payload, ceiling))
    return ['approval.approve', { minor: null, currency: approval.currency }];
  return ['approval.approve', { minor: spendOf(approval, action), currency: approval.currency }];
}

/** Raises of a set are added up; what others of it lower does not make room for them. */
function raiseOfAll(approval: Asked): bigint {
  return itemsOf(approval).reduce((sum, { action }) => {
    if (action.kind !== 'set_ad_set_budget') return sum;
    const change = BigInt(action.to.minor) - BigInt(action.from.minor);
    return change > 0n ? sum + change : sum;
  }, 0n);
}

/** What is spent a day stays as it is, or ends. */
const SAME_SUM: readonly CampaignAction['kind'][] = [
  'shift_budget',
  'shift_campaigns',
  'swap_creative',
  'set_audience',
  'add_ad',
  'start_test',
  'end_test',
  'delete_ad',
  'delete_campaign',
];

function spendOf(approval: Asked, action: CampaignAction | null): bigint | null {
  // A new monthly limit reaches further than the day it is asked on.
  if (action?.kind === 'set_ad_set_budget' && action.newMonthlyCeiling) return null;
  if (action && SAME_SUM.includes(action.kind)) return 0n;
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
