import type { OptimizerAction, TickInput } from '../../../../lib/domain/optimization/optimizer/types';
import { TICKS_PER_DAY } from '../draw';
import { budgetActions, type MakePolicy, type Sum, Tally } from './policy';

/**
 * The fifth design document's tester and allocator as written. Every 4 hours: the ad with the most clicks per showing of
 * seven days wins; who has half of it, or a fifth less and a return under 1, is paused. Every night at three: budgets by
 * return times results, at least 10, at most half of all, at most half more; never handed back what the caps cut.
 */
export const seedFour: MakePolicy = () => {
  const seen = new Tally();
  return {
    step(input) {
      seen.add(input);
      const tested = input.adSets.flatMap((adSet) => testAds(input, seen, adSet.key));
      // The 4 o'clock tick is the first after three at night.
      return input.tick % TICKS_PER_DAY === 0 && input.tick > 0 ? [...tested, ...rebalance(input, seen)] : tested;
    },
  };
};

const rate = (sum: Sum) => sum.clicks / Math.max(1, sum.impressions);
const returnOf = (sum: Sum) => (sum.spend > 0 ? sum.value / sum.spend : 0);

function testAds(input: TickInput, seen: Tally, adSetKey: string): OptimizerAction[] {
  const ads = input.ads
    .filter((ad) => ad.adSetKey === adSetKey)
    .map((ad) => ({ ad, sum: seen.ad(input, ad.key, 7) }))
    .filter(({ sum }) => sum.impressions >= 100)
    .sort((a, b) => rate(b.sum) - rate(a.sum));
  const winner = ads[0];
  if (!winner || ads.length < 2) return [];
  return ads.slice(1).flatMap(({ ad, sum }): OptimizerAction[] => {
    const best = rate(winner.sum);
    const behind = best > 0 ? (best - rate(sum)) / best : 0;
    const pause = behind > 0.2 && (behind > 0.5 || returnOf(sum) < 1);
    return pause && ad.on ? [{ kind: 'pause_ad', adKey: ad.key }] : [];
  });
}

function rebalance(input: TickInput, seen: Tally): OptimizerAction[] {
  const total = input.adSets.reduce((sum, adSet) => sum + adSet.dailyBudgetMinor, 0);
  const weights = input.adSets.map((adSet) => {
    const sum = seen.adSet(input, adSet.key, 7);
    return Math.max(0.1, (returnOf(sum) || 1) * (Math.min(sum.results, 100) + 1));
  });
  const all = weights.reduce((a, b) => a + b, 0);
  const next = input.adSets.map(({ dailyBudgetMinor }, index) => {
    const wanted = Math.max(1000, ((weights[index] ?? 0) / all) * total);
    const capped = Math.min(wanted, 0.5 * total, 1.5 * dailyBudgetMinor);
    return Math.abs(capped / dailyBudgetMinor - 1) > 0.1 ? capped : dailyBudgetMinor;
  });
  return budgetActions(input, next);
}
