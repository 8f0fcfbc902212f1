import { type CampaignAction, type GuardBack, movesOf } from '../../domain/action';
import type { PlanTargeting } from '../../domain/plan';
import { showsAudience } from '../../platforms/meta/read/expected';
import type { RemoteSeen } from '../../platforms/port';
import { type CampaignKnown, type MirrorRow, objectOf } from './campaign-state';

/** One value an action puts: on which object, what must stand there before, what stands there after. */
export type ActionStep =
  | {
      set: 'status';
      object: MirrorRow;
      level: 'campaign' | 'ad';
      before: 'ACTIVE' | 'PAUSED';
      after: 'ACTIVE' | 'PAUSED';
    }
  | { set: 'budget'; object: MirrorRow; level: 'adset'; before: bigint; after: bigint; currency: string }
  /** The platform's own guards on money; before is null where none was set by us. */
  | { set: 'cap'; object: MirrorRow; level: 'campaign'; before: bigint | null; after: bigint; currency: string }
  | { set: 'end'; object: MirrorRow; level: 'adset'; before: string | null; after: string }
  | { set: 'audience'; object: MirrorRow; level: 'adset'; before: PlanTargeting; after: PlanTargeting }
  /** For good. */
  | { set: 'removal'; object: MirrorRow; level: 'campaign' | 'ad' }
  | { set: 'creative'; object: MirrorRow; level: 'ad'; before: string | null; afterKey: string };

/**
 * What an action means on this campaign, in order; what is lowered comes before what is raised.
 * @throws AppError conflict when an object it names was never made
 */
export function stepsOfAction(action: CampaignAction, campaign: CampaignKnown): ActionStep[] {
  const status = (
    level: 'campaign' | 'ad',
    localKey: string,
    before: 'ACTIVE' | 'PAUSED',
    after: 'ACTIVE' | 'PAUSED',
  ): ActionStep[] => [{ set: 'status', object: objectOf(campaign, level, localKey), level, before, after }];
  switch (action.kind) {
    case 'pause_ad':
      return status('ad', action.adKey, 'ACTIVE', 'PAUSED');
    case 'resume_ad':
      return status('ad', action.adKey, 'PAUSED', 'ACTIVE');
    case 'pause_campaign':
      return status('campaign', 'campaign', 'ACTIVE', 'PAUSED');
    case 'resume_campaign':
      return status('campaign', 'campaign', 'PAUSED', 'ACTIVE');
    // A draw by lot is made, or ended, after its budgets (split-test).
    case 'set_ad_set_budget':
    case 'shift_budget':
    case 'start_test':
    case 'end_test':
      return movesOf(action)
        .map((move) => budgetStep(campaign, move))
        .sort((a, b) => Number(a.after - a.before - (b.after - b.before)));
    // Two campaigns, carried out by execute-move.
    case 'shift_campaigns':
      return action.moves.map((move) => budgetStep(campaign, move));
    case 'set_audience':
      return [
        {
          set: 'audience',
          object: objectOf(campaign, 'adset', action.adSetKey),
          level: 'adset',
          before: action.from,
          after: action.to,
        },
      ];
    // Made first, switched off (make-ad); what is left is the switch.
    case 'add_ad':
      return status('ad', action.ad.key, 'PAUSED', 'ACTIVE');
    case 'delete_ad':
      return [{ set: 'removal', object: objectOf(campaign, 'ad', action.adKey), level: 'ad' }];
    case 'delete_campaign':
      return [{ set: 'removal', object: objectOf(campaign, 'campaign', 'campaign'), level: 'campaign' }];
    // Its steps are the guards alone, which come before every action's own.
    case 'renew_month_guard':
      return [];
    case 'restore_guard':
      return guardStep(action.guard, campaign);
    case 'swap_creative': {
      const object = objectOf(campaign, 'ad', action.adKey);
      return [
        {
          set: 'creative',
          object,
          level: 'ad',
          before: (object.state as { creativeId?: string | null }).creativeId ?? null,
          afterKey: action.reserveKey,
        },
      ];
    }
  }
}

type Money = { minor: string; currency: string };

/** A rule is no value of an object: it is told after these (restore-rule). */
function guardStep(guard: GuardBack, campaign: CampaignKnown): ActionStep[] {
  if (guard.what === 'spend_cap')
    return [
      {
        set: 'cap',
        object: objectOf(campaign, 'campaign', 'campaign'),
        level: 'campaign',
        before: guard.from === null ? null : BigInt(guard.from.minor),
        after: BigInt(guard.to.minor),
        currency: guard.to.currency,
      },
    ];
  if (guard.what === 'stop_rule') return [];
  const object = objectOf(campaign, 'adset', guard.adSetKey);
  return [{ set: 'end', object, level: 'adset', before: guard.from, after: guard.to }];
}

/** One daily budget, as a value to put. @throws AppError conflict when the ad set was never made */
export function budgetStep(
  campaign: CampaignKnown,
  step: { adSetKey: string; from: Money; to: Money },
): Extract<ActionStep, { set: 'budget' }> {
  return {
    set: 'budget',
    object: objectOf(campaign, 'adset', step.adSetKey),
    level: 'adset',
    before: BigInt(step.from.minor),
    after: BigInt(step.to.minor),
    currency: step.to.currency,
  };
}

/** True where the platform still shows what the action was planned from. A creative we never saw cannot have drifted. */
export function standsAsPlanned(step: ActionStep, seen: RemoteSeen): boolean {
  if (step.set === 'status') return seen.status === step.before;
  if (step.set === 'budget')
    return seen.dailyBudget?.minor === step.before && seen.dailyBudget.currency === step.currency;
  if (step.set === 'cap') return (seen.spendCap?.minor ?? null) === step.before;
  if (step.set === 'end') return (seen.endsAt ?? null) === step.before;
  if (step.set === 'audience') return showsAudience(seen, step.before);
  if (step.set === 'removal') return true;
  return step.before === null || seen.creativeId === null || seen.creativeId === step.before;
}

/** What a platform calls an object that is no longer there. */
export const GONE: readonly (string | null)[] = ['DELETED', 'ARCHIVED'];

/** True where the platform shows what was asked for; one that shows nothing has taken a removal, and nothing else. */
export function standsAsWanted(step: ActionStep, seen: RemoteSeen | null, creativeRemoteId: string | null): boolean {
  if (step.set === 'removal') return seen === null || GONE.includes(seen.status);
  if (seen === null) return false;
  if (step.set === 'audience') return showsAudience(seen, step.after);
  if (step.set === 'status') return seen.status === step.after;
  if (step.set === 'budget') return seen.dailyBudget?.minor === step.after;
  if (step.set === 'cap') return seen.spendCap?.minor === step.after;
  if (step.set === 'end') return seen.endsAt === step.after;
  return seen.creativeId === creativeRemoteId;
}
