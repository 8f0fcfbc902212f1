import { gammaCdf, gammaQuantile } from '../statistics/distributions';
import type { Numbers } from './campaign-numbers';
import type { OptimizationEvidence } from './types';

/** Results the launch promise counts as: one, so that the account's own numbers soon speak alone. */
const PROMISE_EVENTS = 1;

/** Belief about results per minor unit of money. */
export type CostBelief = {
  /** P(one result costs less than this), minor units. */
  chanceCheaperThan(costMinor: number): number;
  /** The cost per result exceeded with 10 % probability, minor units. */
  highMinor: number;
};

/** Gamma belief from what was reported for the money, started at the middle of the launch promise. */
export function costBelief(evidence: OptimizationEvidence, numbers: Numbers): CostBelief {
  const promise = evidence.projection?.costPerResult;
  const middle = promise ? Math.sqrt(Number(promise.low.minor) * Number(promise.high.minor)) : null;
  const shape = numbers.results + (middle ? PROMISE_EVENTS : 0.5);
  const rate = numbers.reportedSpendMinor + (middle ? PROMISE_EVENTS * middle : 0);
  return {
    chanceCheaperThan: (costMinor) => (rate <= 0 || costMinor <= 0 ? 0 : 1 - gammaCdf(1 / costMinor, shape, rate)),
    highMinor: rate <= 0 ? Number.POSITIVE_INFINITY : 1 / gammaQuantile(0.1, shape, rate),
  };
}
