import { type LogBelief, logGammaBelief, productOf } from '../../statistics/log-belief';
import type { Random } from '../../statistics/random';
import { withinSteps } from '../best-split';
import type { Numbers } from '../campaign-numbers';

/** Settings of the budget decision; docs/optimizer.md says what each was measured to do. */
export const ALLOCATION = {
  draws: 160,
  exponent: 0.78,
  clickPrior: 16,
  resultPrior: 5,
  gate: 0.85,
  minGain: 0.05,
  step: 0.2,
  leastChange: 0.05,
  windowDays: 28,
  restDays: 2,
} as const;

export type Allocation = { budgets: number[]; chance: number };
type Part = { now: number; numbers: Numbers };
type Terms = {
  /** What one result leaves over, minor units; null = unknown, then results are counted and the total is kept. */
  worth: number | null;
  /** Belief about how far the account's counted return is from its true one: shift and spread of the logarithm. */
  level: LogBelief;
  most: number;
  least: number;
  mayLowerTotal: boolean;
};

/**
 * New daily budgets, or null when too few of the plausible worlds gain enough to pay for the disturbance. In each world
 * the ad sets' returns follow a power law; the best split of each is averaged and approached by limited steps.
 */
export function allocate(parts: readonly Part[], terms: Terms, random: Random): Allocation | null {
  const now = parts.map((part) => part.now);
  const beliefs = parts.map((part) =>
    rateBelief(
      part.numbers,
      parts.map((one) => one.numbers),
    ),
  );
  const usual = parts.map((part) => Math.max(1, part.numbers.spendMinor / Math.max(1, part.numbers.days)));
  const worlds = Array.from({ length: ALLOCATION.draws }, () => {
    const worth =
      terms.worth === null
        ? 1
        : terms.worth * Math.exp(terms.level.mean + Math.sqrt(terms.level.variance) * random.normal());
    // Return of the average unit of money at what is spent now.
    return beliefs.map(
      (belief, index) =>
        worth *
        Math.exp(belief.mean + Math.sqrt(belief.variance) * random.normal()) *
        ((now[index] ?? 0) / (usual[index] ?? 1)) ** (ALLOCATION.exponent - 1),
    );
  });
  const free = terms.worth !== null && terms.mayLowerTotal;
  const best = worlds.map((returns) => bestBudgets(returns, now, terms.most, free));
  const wanted = now.map((_, index) => best.reduce((sum, budgets) => sum + (budgets[index] ?? 0), 0) / worlds.length);
  const budgets = reachable(now, wanted, terms, free).map((budget, index) =>
    Math.abs(budget / (now[index] ?? 1) - 1) < ALLOCATION.leastChange ? (now[index] ?? 0) : Math.floor(budget),
  );
  const moved = movedBetween(now, budgets);
  if (moved <= 0 || total(budgets) > terms.most + 0.5) return null;
  // Keeping small changes back may break the sum: then nothing is moved rather than something else than intended.
  if (!free && Math.abs(total(budgets) - total(now)) > 0.02 * total(now)) return null;
  const wins = worlds.filter(
    (returns) =>
      profitAt(returns, now, budgets, free) - profitAt(returns, now, now, free) >
      ALLOCATION.minGain * moved * (free ? 1 : mean(returns)),
  ).length;
  const chance = wins / worlds.length;
  return chance >= ALLOCATION.gate ? { budgets, chance } : null;
}

/** Published returns: the median account gets twice its money back in sales, most between once and four times. */
const USUAL_RETURN = 2;
const USUAL_VARIANCE = 0.3;
/** Order values spread by 0.7 on the logarithm; each result brings that noise beside its own. */
const NOISE_PER_RESULT = 1.6;

/** The account's counted return pulled towards what accounts usually get, by how few results it rests on. */
export function levelBelief(countedReturn: number, results: number): LogBelief {
  const noise = NOISE_PER_RESULT / Math.max(1, results);
  const trust = USUAL_VARIANCE / (USUAL_VARIANCE + noise);
  return {
    mean: countedReturn > 0 ? (1 - trust) * Math.log(USUAL_RETURN / countedReturn) : 0,
    variance: trust * noise,
  };
}

function rateBelief(one: Numbers, all: Numbers[]): LogBelief {
  const sum = (of: (numbers: Numbers) => number) => all.reduce((result, numbers) => result + of(numbers), 0);
  const share = (numbers: Numbers) => (numbers.spendMinor > 0 ? numbers.reportedSpendMinor / numbers.spendMinor : 1);
  const clickRate = (sum((numbers) => numbers.clicks) + 1) / (sum((numbers) => numbers.spendMinor) + 1);
  const resultRate =
    (sum((numbers) => numbers.results) + 0.5) / (sum((numbers) => numbers.clicks * share(numbers)) + 1);
  return productOf(
    logGammaBelief(ALLOCATION.clickPrior + one.clicks, ALLOCATION.clickPrior / clickRate + one.spendMinor),
    logGammaBelief(ALLOCATION.resultPrior + one.results, ALLOCATION.resultPrior / resultRate + one.clicks * share(one)),
  );
}

/** Budgets that equalise the marginal return; no more than `most`, and no less than pays when the total is free. */
function bestBudgets(returns: readonly number[], now: readonly number[], most: number, free: boolean): number[] {
  const power = 1 / (1 - ALLOCATION.exponent);
  const at = returns.map((one, index) => (now[index] ?? 0) * (ALLOCATION.exponent * one) ** power);
  const sum = total(at);
  if (free && sum <= most) return at;
  const target = free ? most : total(now);
  return sum > 0 ? at.map((one) => (one * target) / sum) : [...now];
}

function reachable(now: readonly number[], wanted: readonly number[], terms: Terms, free: boolean): number[] {
  if (!free) return withinSteps(now, wanted, ALLOCATION.step, terms.least);
  const clamped = now.map((spend, index) =>
    Math.max(
      Math.min(spend, terms.least),
      Math.min(spend * (1 + ALLOCATION.step), Math.max(spend * (1 - ALLOCATION.step), wanted[index] ?? spend)),
    ),
  );
  const over = total(clamped) - terms.most;
  if (over <= 0) return clamped;
  // Too much together: the raises give way, in proportion.
  const raised = now.reduce((sum, spend, index) => sum + Math.max(0, (clamped[index] ?? 0) - spend), 0);
  return clamped.map((budget, index) =>
    budget > (now[index] ?? 0) ? budget - (over * (budget - (now[index] ?? 0))) / raised : budget,
  );
}

function profitAt(
  returns: readonly number[],
  now: readonly number[],
  budgets: readonly number[],
  free: boolean,
): number {
  return returns.reduce((sum, one, index) => {
    const [spend, next] = [now[index] ?? 0, budgets[index] ?? 0];
    return spend > 0 ? sum + one * spend * (next / spend) ** ALLOCATION.exponent - (free ? next : 0) : sum;
  }, 0);
}

function movedBetween(now: readonly number[], next: readonly number[]): number {
  let [up, down] = [0, 0];
  for (const [index, spend] of now.entries()) {
    const change = (next[index] ?? 0) - spend;
    if (change > 0) up += change;
    else down -= change;
  }
  return Math.max(up, down);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? total(values) / values.length : 0;
}
