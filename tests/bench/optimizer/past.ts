import type { OptimizerOptions, PastCounts } from '../../../lib/domain/optimization/optimizer/types';
import { randomFrom } from '../../../lib/domain/statistics/random';
import type { Market } from './market';

/**
 * A made-up past of a market: what its ad sets would have counted over 20 to 80 days, at rates and prices that have wandered
 * since, the account's all alike and each ad set's for itself. Drawn from the market's own truth: a stand-in, no real history.
 */
export function drawPast(market: Market, seed: number): Required<NonNullable<OptimizerOptions['past']>> {
  const random = randomFrom(seed * 389 + 7);
  const wander = (spread: number) => Math.exp(spread * random.normal());
  const days = 20 + 60 * random.uniform();
  const since = { click: wander(0.2), sale: wander(0.25), value: wander(0.15) };
  const adSets = Object.fromEntries(
    market.sets.map((set): [string, PastCounts] => {
      const mean = (of: (creative: (typeof set.ads)[number]['creative']) => number) =>
        set.ads.reduce((sum, ad) => sum + of(ad.creative), 0) / set.ads.length;
      const spendMinor = Math.round(set.budget * days * wander(0.3));
      const clickRate = mean(({ ctr }) => ctr) * since.click * wander(0.1);
      const clicks = random.poisson((spendMinor / set.price) * 1000 * clickRate);
      const results = random.poisson(clicks * set.cvr * mean(({ cvr }) => cvr) * since.sale * wander(0.15));
      const value = market.drawn.value * since.value;
      return [set.key, { clicks, spendMinor, results, valueMinor: Math.round(results * value) }];
    }),
  );
  const sum = (of: keyof PastCounts) => Object.values(adSets).reduce((all, one) => all + one[of], 0);
  const account = {
    clicks: sum('clicks'),
    spendMinor: sum('spendMinor'),
    results: sum('results'),
    valueMinor: sum('valueMinor'),
  };
  return { account, adSets };
}
