import type { MoneyJson } from './money';

/** Hours of the owner's day, 0..23, in which nothing but stops runs alone; may cross midnight. `until` is not part of it. */
export type QuietHours = { from: number; until: number };

/**
 * Limits beside those every plan shows. Each may be missing in an envelope of an earlier plan; `limitsOf` fills in what
 * stands below. Amounts are account currency.
 */
export type FineLimits = {
  /** Business hours of rest between two changes of the same object. */
  cooldownHours: number;
  /** Money moved without a card within seven days, whole per cent of the daily total. */
  weekShiftPercent: number;
  quietHours: QuietHours | null;
  /** The dearest day all ads of the project together may have (175 % of their daily budgets); null: only the month binds. */
  dayCeiling: MoneyJson | null;
  /** Seven days of all daily budgets together; null: only the month binds. */
  weekCeiling: MoneyJson | null;
  /** The most one change may add to what is spent a day; null: only the other limits bind. */
  largestRaise: MoneyJson | null;
  /** shadow: say what would have been done, write nothing. */
  mode: 'act' | 'shadow';
  /** Literal thresholds an owner may switch on beside the engine; what each was measured to cost stands in optimization/presets. */
  literalClickRate: boolean;
  literalShift: boolean;
  literalFrequency: boolean;
};

/** Three steps of 20 % a week, two days of rest in between (optimization.md, section 1: more often disturbs learning). */
export const DEFAULT_LIMITS: FineLimits = {
  cooldownHours: 48,
  weekShiftPercent: 60,
  quietHours: null,
  dayCeiling: null,
  weekCeiling: null,
  largestRaise: null,
  mode: 'act',
  literalClickRate: false,
  literalShift: false,
  literalFrequency: false,
};

/** An envelope with every limit in it. */
export function limitsOf<E extends Partial<FineLimits>>(envelope: E): E & FineLimits {
  return { ...DEFAULT_LIMITS, ...envelope };
}

/** Whether an hour of the owner's day is quiet. The same hour twice means none is. */
export function isQuietHour(hour: number, quiet: QuietHours | null): boolean {
  if (!quiet || quiet.from === quiet.until) return false;
  return quiet.from < quiet.until ? hour >= quiet.from && hour < quiet.until : hour >= quiet.from || hour < quiet.until;
}
