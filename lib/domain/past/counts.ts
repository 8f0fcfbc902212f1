import type { Goal } from '../brief';
import type { PastCounts } from '../optimization/optimizer/types';

/** One day of an account's past as it is kept: sums over the campaigns of a goal, minor units as text. */
type KeptDay = {
  goal: Goal | null;
  day: string;
  spendMinor: string;
  clicks: number;
  results: number | null;
  valueMinor?: string | null;
};

/**
 * What the account counted of a goal before a day, for the engine that takes over on it (its own days it counts itself).
 * Undefined where nothing of the goal was counted. The value is 0 (says nothing) unless every result's is known.
 */
export function countsBefore(days: readonly KeptDay[], goal: Goal, before: string): PastCounts | undefined {
  // Clicks are what a visit is worth there: nothing is counted after them.
  if (goal === 'TRAFFIC') return undefined;
  const counted = days.filter((one) => one.goal === goal && one.day < before && one.results !== null);
  if (counted.length === 0) return undefined;
  const sum = (of: (one: KeptDay) => number) => counted.reduce((total, one) => total + of(one), 0);
  const isValued = counted.every(({ results, valueMinor }) => !results || (valueMinor ?? null) !== null);
  return {
    clicks: sum(({ clicks }) => clicks),
    // Days of ads cost far less than the largest whole number a double holds.
    spendMinor: sum(({ spendMinor }) => Number(spendMinor)),
    results: sum(({ results }) => results ?? 0),
    valueMinor: isValued ? sum(({ valueMinor }) => Number(valueMinor ?? 0)) : 0,
  };
}
