import { normalCdf } from './quantiles';

/** A belief about a positive quantity: normal on the logarithm. */
export type LogBelief = { mean: number; variance: number };

/**
 * The logarithm of a gamma variable (shape, rate), matched in mean and variance. Good to three digits from shape 5 up,
 * which every shrunken rate here exceeds.
 */
export function logGammaBelief(shape: number, rate: number): LogBelief {
  return {
    mean: Math.log(shape) - 1 / (2 * shape) - 1 / (12 * shape * shape) - Math.log(rate),
    variance: 1 / shape + 1 / (2 * shape * shape) + 1 / (6 * shape ** 3),
  };
}

/** The belief about a product of independent quantities. */
export function productOf(a: LogBelief, b: LogBelief): LogBelief {
  return { mean: a.mean + b.mean, variance: a.variance + b.variance };
}

const STEPS = 48;
const REACH = 5;

/**
 * P(x < share * max(others)), all independent: one integral over x's density of 1 - the chance that every other stays
 * below x / share. 0 with nothing to compare.
 */
export function chanceBelowBest(x: LogBelief, others: readonly LogBelief[], share: number): number {
  if (others.length === 0) return 0;
  const sd = Math.sqrt(x.variance);
  const width = (2 * REACH) / STEPS;
  let chance = 0;
  let weight = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const z = -REACH + (step + 0.5) * width;
    const at = x.mean + sd * z - Math.log(share);
    const density = Math.exp((-z * z) / 2);
    let allBelow = 1;
    for (const other of others) allBelow *= normalCdf((at - other.mean) / Math.sqrt(other.variance));
    chance += density * (1 - allBelow);
    weight += density;
  }
  return chance / weight;
}
