import { type LogBelief, logGammaBelief, productOf } from '../../statistics/log-belief';
import { chanceOfTie } from '../../statistics/tie';
import type { AdMemory, Memory } from './memory';

/** Settings of what is believed of an ad set's results per money; docs/optimizer.md says what each was measured to do. */
export const BELIEFS = {
  clickPrior: 12,
  resultPrior: 7,
  clickHalfLife: 7,
  resultHalfLife: 28,
  /** How likely it is, before any number, that an account's ad sets are all alike; and how unlike they are otherwise. */
  alikePrior: 0.35,
  unlikeSpread: 0.4,
  /** Once likeness is less likely than this the account's ad sets count as unlike for good. */
  unlikeBelow: 0.13,
  /** Days after which a move on noise has been measured to cost less than waiting for proof. */
  doubtDays: 15,
  /** What a set's numbers wander by without its quality having changed. */
  wander: 0.08,
} as const;

export type SetNumbers = {
  key: string;
  budgetMinor: number;
  /** Weighted sums: clicks and money of late weigh more, results longer. */
  clicks: number;
  spendMinor: number;
  results: number;
  counted: number;
  /** Days with spend, all results, money of an average recent day. */
  days: number;
  allResults: number;
  usualMinor: number;
};

export function setNumbers(key: string, budgetMinor: number, ads: readonly AdMemory[], today: number): SetNumbers {
  const sum = { clicks: 0, spendMinor: 0, results: 0, counted: 0, days: 0, allResults: 0 };
  let [recent, weights] = [0, 0];
  for (let day = Math.max(0, today - 60); day <= today; day += 1) {
    const quick = 0.5 ** ((today - day) / BELIEFS.clickHalfLife);
    const slow = 0.5 ** ((today - day) / BELIEFS.resultHalfLife);
    let spent = 0;
    for (const ad of ads) {
      const one = ad.days[day];
      if (!one) continue;
      spent += one.spendMinor;
      sum.clicks += quick * one.clicks;
      sum.spendMinor += quick * one.spendMinor;
      sum.results += slow * one.results;
      sum.counted += slow * one.counted;
      sum.allResults += one.results;
    }
    if (spent <= 0) continue;
    sum.days += 1;
    recent += quick * spent;
    weights += quick;
  }
  return { key, budgetMinor, ...sum, usualMinor: weights > 0 ? recent / weights : budgetMinor };
}

/** Results per money of each ad set: clicks per money nearly known, results per click pulled hard to the account's. */
export function setBeliefs(sets: readonly SetNumbers[]): LogBelief[] {
  const sum = (of: (one: SetNumbers) => number) => sets.reduce((all, one) => all + of(one), 0);
  const clickRate = (sum((one) => one.clicks) + 1) / (sum((one) => one.spendMinor) + 1);
  const resultRate = (sum((one) => one.results) + 0.5) / (sum((one) => one.counted) + 1);
  return sets.map((one) =>
    productOf(
      logGammaBelief(BELIEFS.clickPrior + one.clicks, BELIEFS.clickPrior / clickRate + one.spendMinor),
      logGammaBelief(BELIEFS.resultPrior + one.results, BELIEFS.resultPrior / resultRate + one.counted),
    ),
  );
}

/** How likely the ad sets are all alike given their numbers, and what each brings per money then. */
export function alikeBelief(sets: readonly SetNumbers[]): { chance: number; belief: LogBelief } {
  const sum = (of: (one: SetNumbers) => number) => sets.reduce((all, one) => all + of(one), 0);
  const [clicks, results] = [sum((one) => one.clicks), sum((one) => one.results)];
  const belief = productOf(
    logGammaBelief(clicks + 1, sum((one) => one.spendMinor) + 1),
    logGammaBelief(results + 0.5, sum((one) => one.counted) + 1),
  );
  if (sets.length < 2) return { chance: 0, belief };
  const resultRate = (results + 0.5) / (sum((one) => one.counted) + 1);
  const estimates = sets.map((one) => {
    // One pseudo-result of the account keeps a set without results comparable.
    const clickPart = logGammaBelief(one.clicks + 1, one.spendMinor + 1);
    const resultPart = logGammaBelief(one.results + 1, one.counted + 1 / resultRate);
    return {
      log: clickPart.mean + resultPart.mean,
      variance: clickPart.variance + resultPart.variance + BELIEFS.wander ** 2,
    };
  });
  return { chance: chanceOfTie(estimates, BELIEFS.unlikeSpread, BELIEFS.alikePrior), belief };
}

/** The account's results per money as counted, for the level of its return. */
export function accountReturn(sets: readonly SetNumbers[], valueMinor: number): { counted: number; results: number } {
  const sum = (of: (one: SetNumbers) => number) => sets.reduce((all, one) => all + of(one), 0);
  const results = sum((one) => one.results);
  const perClick = sum((one) => one.counted) > 0 ? results / sum((one) => one.counted) : 0;
  const perMoney = sum((one) => one.spendMinor) > 0 ? sum((one) => one.clicks) / sum((one) => one.spendMinor) : 0;
  return { counted: perClick * perMoney * valueMinor, results };
}

/** Every ad that ever ran in these ad sets, by ad set. */
export function adsBySet(memory: Memory): Map<string, AdMemory[]> {
  const groups = new Map<string, AdMemory[]>();
  for (const ad of memory.ads.values()) {
    const group = groups.get(ad.adSetKey);
    if (group) group.push(ad);
    else groups.set(ad.adSetKey, [ad]);
  }
  return groups;
}
