import type { OptimizerAction, TickInput } from '../../../../lib/domain/optimization/optimizer/types';
import { type Random, randomFrom } from '../../../../lib/domain/statistics/random';
import { TICKS_PER_DAY } from '../draw';
import { budgetActions, isDayEnd, type MakePolicy, runningAds, Tally } from './policy';

export const doNothing: MakePolicy = () => ({ step: () => [] });

/** A fixed 95 % z-test on clicks, looked at every day; the loser is paused. */
export const fixedZ: MakePolicy = () => {
  const seen = new Tally();
  return {
    step(input) {
      seen.add(input);
      return isDayEnd(input) ? input.adSets.flatMap((adSet) => loserOf(input, seen, adSet.key)) : [];
    },
  };
};

function loserOf(input: TickInput, seen: Tally, adSetKey: string): OptimizerAction[] {
  const ads = runningAds(input, adSetKey)
    .map((ad) => ({ key: ad.key, ...seen.ad(input, ad.key) }))
    .filter((ad) => ad.impressions >= 100)
    .sort((a, b) => a.clicks / a.impressions - b.clicks / b.impressions);
  const [low, high] = [ads[0], ads.at(-1)];
  if (!low || !high || low === high) return [];
  const pooled = (low.clicks + high.clicks) / (low.impressions + high.impressions);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / low.impressions + 1 / high.impressions));
  const z = (high.clicks / high.impressions - low.clicks / low.impressions) / error;
  return z > 1.96 ? [{ kind: 'pause_ad', adKey: low.key }] : [];
}

/** Plain Thompson sampling over ad sets: each day the budgets follow one draw of results per money. */
export const plainThompson: MakePolicy = (_market, seed) => {
  const seen = new Tally();
  const random = randomFrom(seed);
  return {
    step(input) {
      seen.add(input);
      if (!isDayEnd(input)) return [];
      const total = input.adSets.reduce((sum, adSet) => sum + adSet.dailyBudgetMinor, 0);
      const draws = input.adSets.map((adSet) => {
        const { results, spend } = seen.adSet(input, adSet.key);
        return random.gamma(1 + results, 1000 + spend);
      });
      const all = draws.reduce((a, b) => a + b, 0);
      return budgetActions(
        input,
        draws.map((draw) => Math.max(300, (total * draw) / all)),
      );
    },
  };
};

/**
 * Top-two Thompson with care: every third day, after ten results, a tenth of the budget of the ad set that looks worst
 * goes to the one that a draw calls best (or, half of the time, second best); shrunken rates, the total is kept.
 */
export const topTwoThompson: MakePolicy = (_market, seed) => {
  const seen = new Tally();
  const random = randomFrom(seed);
  return {
    step(input) {
      seen.add(input);
      const day = Math.floor(input.tick / TICKS_PER_DAY);
      return isDayEnd(input) && day % 3 === 2 && input.siteAnswers !== false ? topTwoStep(input, seen, random) : [];
    },
  };
};

function topTwoStep(input: TickInput, seen: Tally, random: Random): OptimizerAction[] {
  const sums = input.adSets.map((adSet) => seen.adSet(input, adSet.key, 28));
  const results = sums.reduce((sum, one) => sum + one.results, 0);
  const spend = sums.reduce((sum, one) => sum + one.spend, 0);
  if (results < 10 || input.adSets.length < 2) return [];
  const means = sums.map((sum) => (7 + sum.results) / ((7 * spend) / results + sum.spend));
  const drawn = sums.map((sum) => random.gamma(7 + sum.results, (7 * spend) / results + sum.spend));
  const order = drawn.map((_, index) => index).sort((a, b) => (drawn[b] ?? 0) - (drawn[a] ?? 0));
  const to = order[random.uniform() < 0.5 ? 0 : 1] ?? 0;
  const from = means.reduce((worst, mean, index) => (mean < (means[worst] ?? 0) ? index : worst), 0);
  const budgets = input.adSets.map((adSet) => adSet.dailyBudgetMinor);
  const moved = Math.min(0.1 * (budgets[from] ?? 0), 0.2 * (budgets[to] ?? 0), (budgets[from] ?? 0) - 300);
  if (from === to || moved <= 0) return [];
  return budgetActions(
    input,
    budgets.map((budget, index) => (index === from ? budget - moved : index === to ? budget + moved : budget)),
  );
}
