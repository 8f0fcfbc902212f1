import type { CampaignAction, Verdict } from './action';
import { type CampaignMove, sidesOf } from './campaign-move';
import {
  allow,
  aloneOr,
  ask,
  askHighRisk,
  budgetFlaw,
  isSure,
  MIN_CONFIDENCE_SHIFT,
  type PolicyInput,
  type PolicyReason,
  refuse,
} from './policy-input';
import { limitsOf } from './policy-limits';
import { WORST_DAY_PERCENT } from './spend-shape';

/** Above this share of the total, a raise is a high-risk card. */
export const HIGH_RISK_PERCENT = 30n;

type BudgetAction = Extract<CampaignAction, { kind: 'set_ad_set_budget' | 'shift_budget' }>;

/** Raises of the total are always a card (its size sets the risk); moves with the sum unchanged may run alone. */
export function judgeBudget(action: BudgetAction, input: PolicyInput): Verdict {
  const steps = action.kind === 'shift_budget' ? action.moves : [action];
  for (const step of steps) {
    const flaw = budgetFlaw(step, input);
    if (flaw) return refuse(flaw);
  }
  if (steps.length === 0) return refuse('nothing_changes');
  const change = steps.reduce((sum, step) => sum + BigInt(step.to.minor) - BigInt(step.from.minor), 0n);
  if (action.kind === 'set_ad_set_budget') return judgeRaise(action, change, input);
  if (new Set(steps.map((step) => step.adSetKey)).size !== steps.length) return refuse('unknown_ad_set');
  return change === 0n ? judgeShift(steps, input) : refuse('sum_changes');
}

/**
 * Moves between two campaigns of one project: what one gives is what the other takes, so that the total stays as it is.
 * Judged like a move within a campaign; the week's allowance is counted over both.
 */
export function judgeBetween(action: CampaignMove, input: PolicyInput): Verdict {
  const { otherBudgetsMinor, id = '' } = input.campaign;
  const steps = [...action.moves, ...action.other.moves];
  if (!otherBudgetsMinor) return refuse('unknown_ad_set');
  for (const [moves, budgets] of [
    [action.moves, input.campaign.dailyBudgetsMinor],
    [action.other.moves, otherBudgetsMinor],
  ] as const) {
    if (new Set(moves.map(({ adSetKey }) => adSetKey)).size !== moves.length) return refuse('unknown_ad_set');
    for (const step of moves) {
      const flaw = budgetFlaw(step, input, budgets);
      if (flaw) return refuse(flaw);
    }
  }
  return sidesOf(action, id) ? judgeShift(steps, input) : refuse('sum_changes');
}

/** Undo and the owner's own wish are no exception: a raise is only ever a press on a card that showed it. */
function judgeRaise(
  action: Extract<CampaignAction, { kind: 'set_ad_set_budget' }>,
  change: bigint,
  input: PolicyInput,
): Verdict {
  const total = totalOf(input);
  const limit = BigInt(input.envelope.monthlyCeiling.minor);
  const month = monthAt(total + change, input);
  const tight = tightestLimit(change, total, input);
  if (tight) return refuse(tight);
  // Many small steps within a week count like one large one.
  const earlier = BigInt(input.facts.raisedPercent7Days ?? 0);
  const much =
    change * 100n > total * (HIGH_RISK_PERCENT - (earlier > HIGH_RISK_PERCENT ? HIGH_RISK_PERCENT : earlier));
  if (month <= limit) return much ? askHighRisk('raises_total', 'raises_much') : ask('raises_total');
  const wanted = action.newMonthlyCeiling;
  if (!wanted || wanted.currency !== input.envelope.monthlyCeiling.currency || month > BigInt(wanted.minor))
    return refuse('above_ceiling');
  return much ? askHighRisk('raises_total', 'raises_ceiling', 'raises_much') : ask('raises_total', 'raises_ceiling');
}

/** The owner's limits beside the month's: on one step, on the dearest day, on seven days. */
function tightestLimit(change: bigint, total: bigint, input: PolicyInput): PolicyReason | null {
  const { largestRaise, dayCeiling, weekCeiling } = limitsOf(input.envelope);
  const daily = total + change + (input.campaign.othersDailyMinor ?? 0n);
  if (largestRaise && change > BigInt(largestRaise.minor)) return 'above_step_limit';
  if (dayCeiling && daily * WORST_DAY_PERCENT > BigInt(dayCeiling.minor) * 100n) return 'above_day_limit';
  return weekCeiling && daily * 7n > BigInt(weekCeiling.minor) ? 'above_week_limit' : null;
}

/**
 * The owner's limit on a day, a week or the month that a campaign would go above, switched on with its daily budgets;
 * null where it fits.
 */
export function limitInTheWay(input: PolicyInput): PolicyReason | null {
  const total = totalOf(input);
  const tight = tightestLimit(0n, total, input);
  if (tight) return tight;
  return monthAt(total, input) > BigInt(input.envelope.monthlyCeiling.minor) ? 'above_ceiling' : null;
}

function judgeShift(steps: { from: { minor: string }; to: { minor: string } }[], input: PolicyInput): Verdict {
  const { envelope, facts } = input;
  const limit = BigInt(envelope.maxShiftPercent);
  const tooLarge = steps.some((step) => {
    const [from, to] = [BigInt(step.from.minor), BigInt(step.to.minor)];
    const moved = to > from ? to - from : from - to;
    return moved * 100n > from * limit;
  });
  if (input.actor.type !== 'engine') return allow('owner_asked', 'sum_unchanged');
  if (limit === 0n) return ask('moving_not_allowed_alone');
  if (tooLarge) return ask('step_too_large');
  if (facts.alarm) return refuse('alarm_open');
  if (!isSure(facts.confidence, MIN_CONFIDENCE_SHIFT)) return refuse('not_confident');
  if ((facts.movedPercent7Days ?? 0) + movedPercent(steps, input) > limitsOf(envelope).weekShiftPercent)
    return ask('week_limit_reached');
  return aloneOr(input, allow('sum_unchanged'));
}

function totalOf(input: PolicyInput): bigint {
  return Object.values(input.campaign.dailyBudgetsMinor).reduce((sum, minor) => sum + minor, 0n);
}

/** Share of the total that changes hands, rounded up to a whole per cent. */
function movedPercent(steps: { from: { minor: string }; to: { minor: string } }[], input: PolicyInput): number {
  const moved = steps.reduce((sum, step) => {
    const difference = BigInt(step.to.minor) - BigInt(step.from.minor);
    return difference > 0n ? sum + difference : sum;
  }, 0n);
  const others = Object.values(input.campaign.otherBudgetsMinor ?? {}).reduce((sum, minor) => sum + minor, 0n);
  const total = totalOf(input) + others;
  return total === 0n ? 100 : Number((moved * 100n + total - 1n) / total);
}

/** Spent, reserved and still to come this month if every ad set together spent this much a day from today. */
function monthAt(dailyTotal: bigint, input: PolicyInput): bigint {
  const { monthSpentMinor, reservedMinor = 0n, daysLeftInMonth } = input.campaign;
  return monthSpentMinor + reservedMinor + dailyTotal * BigInt(daysLeftInMonth);
}
