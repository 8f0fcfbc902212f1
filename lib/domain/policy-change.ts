import type { MoneyJson } from './money';
import type { Envelope } from './plan';
import { type FineLimits, limitsOf } from './policy-limits';

/** Everything an owner can set, in the order it is read. */
export const POLICY_FIELDS = [
  'mode',
  'monthlyCeiling',
  'weekCeiling',
  'dayCeiling',
  'largestRaise',
  'mayPauseBadAds',
  'maySwapInReserves',
  'maxShiftPercent',
  'weekShiftPercent',
  'maxChangesPerDay',
  'cooldownHours',
  'quietHours',
  'literalClickRate',
  'literalShift',
  'literalFrequency',
] as const satisfies (keyof (Envelope & FineLimits))[];
export type PolicyField = (typeof POLICY_FIELDS)[number];

/** Above this share a raised monthly limit is a high-risk card. */
const HIGH_RISK_PERCENT = 30n;

/** The fields in which two envelopes differ, what is left out counted as its default. */
export function changedFields(before: Envelope | null, after: Envelope): PolicyField[] {
  const [old, fresh] = [before ? limitsOf(before) : null, limitsOf(after)];
  return POLICY_FIELDS.filter((field) => !old || JSON.stringify(old[field]) !== JSON.stringify(fresh[field]));
}

/** A limit on money that goes up by more than 30 %, or disappears, is a big step. */
export function policyRisk(before: Envelope | null, after: Envelope): 'normal' | 'high' {
  if (!before) return 'normal';
  const [old, fresh] = [limitsOf(before), limitsOf(after)];
  const limits = (['monthlyCeiling', 'weekCeiling', 'dayCeiling', 'largestRaise'] as const).map(
    (field) => [old[field], fresh[field]] as const,
  );
  return limits.some(([from, to]) => risesMuch(from, to)) ? 'high' : 'normal';
}

export function risesMuch(from: MoneyJson | null, to: MoneyJson | null): boolean {
  if (from === null) return false;
  if (to === null) return true;
  return (BigInt(to.minor) - BigInt(from.minor)) * 100n > BigInt(from.minor) * HIGH_RISK_PERCENT;
}

/**
 * How much the agent may do alone, as one word the owner can hold on to: it only watches, asks about everything, takes
 * the safe steps, or also moves money.
 */
export const AUTONOMY_LEVELS = ['watches', 'asks', 'safe_steps', 'moves_money'] as const;
export type AutonomyLevel = (typeof AUTONOMY_LEVELS)[number];

export function autonomyOf(envelope: Envelope): AutonomyLevel {
  if (limitsOf(envelope).mode === 'shadow') return 'watches';
  if (envelope.maxShiftPercent > 0) return 'moves_money';
  return envelope.mayPauseBadAds || envelope.maySwapInReserves ? 'safe_steps' : 'asks';
}

/** Decisions that must have run their course before more freedom is offered, and days since the first of them. */
export const EARNED_DECISIONS = 10;
export const EARNED_DAYS = 14;
/** Of which at most this share was taken back, whole per cent. */
export const EARNED_TAKEN_BACK_PERCENT = 10;

export type AutonomyRecord = { decisions: number; takenBack: number; days: number };

/** The next level where the record earned it; null at the top or before. More than that is still the owner's to give. */
export function earnedLevel(level: AutonomyLevel, record: AutonomyRecord): AutonomyLevel | null {
  const next = AUTONOMY_LEVELS[AUTONOMY_LEVELS.indexOf(level) + 1] ?? null;
  if (next === null || record.decisions < EARNED_DECISIONS || record.days < EARNED_DAYS) return null;
  return record.takenBack * 100 <= record.decisions * EARNED_TAKEN_BACK_PERCENT ? next : null;
}
