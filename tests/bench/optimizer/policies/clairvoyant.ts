import type { OptimizerAction } from '../../../../lib/domain/optimization/optimizer/types';
import type { Ad, MarketSet } from '../draw';
import type { Market } from '../market';
import { isDayEnd, type MakePolicy } from './policy';

/**
 * Knows every true rate from the first tick on: jumps to the best split while everything still learns, keeps the ads and
 * takes the creatives that bring most, rests while something is broken. A good policy, no proven bound.
 */
export const clairvoyant =
  (free: boolean): MakePolicy =>
  (market) => ({
    step(input) {
      const broken = market.isNow('site') || market.isNow('checkout');
      const switches = market.sets
        .filter((set) => set.on === broken)
        .map((set): OptimizerAction => ({ kind: broken ? 'pause_ad_set' : 'resume_ad_set', adSetKey: set.key }));
      if (input.tick === 0) {
        for (let round = 0; round < 8; round += 1)
          for (const set of market.sets) for (const action of betterAds(market, set, 1.03)) market.apply(action);
        return budgets(market, free, null);
      }
      if (!isDayEnd(input) || broken) return switches;
      const day = Math.floor(input.tick / 6);
      const ads = market.sets.flatMap((set) => betterAds(market, set, 1.15));
      return [...switches, ...ads, ...(day % 3 === 2 ? budgets(market, free, 0.2) : [])];
    },
  });

function betterAds(market: Market, set: MarketSet, least: number): OptimizerAction[] {
  const live = set.ads.filter((ad) => ad.on && !ad.creative.disapproved);
  const now = live.length > 0 ? market.returnOf(set, set.budget, live) : 0;
  const without = (ad: Ad) => live.filter((one) => one !== ad);
  const options: { action: OptimizerAction; value: number }[] = [];
  const fresh = set.stock[0];
  for (const ad of live) {
    if (live.length > 1)
      options.push({
        action: { kind: 'pause_ad', adKey: ad.key },
        value: market.returnOf(set, set.budget, without(ad)),
      });
    if (!fresh) continue;
    const renewed: Ad = { ...ad, creative: fresh, shown: 0, clicked: 0 };
    options.push({
      action: { kind: 'replace_creative', adKey: ad.key },
      value: 0.97 * market.returnOf(set, set.budget, [...without(ad), renewed]),
    });
  }
  const best = options.sort((a, b) => b.value - a.value)[0];
  return best && best.value > least * now ? [best.action] : [];
}

function budgets(market: Market, free: boolean, step: number | null): OptimizerAction[] {
  const { margin } = market.drawn;
  const wanted = market.sets.map((set) => {
    const slope = set.priceExponent + set.rateExponent;
    const atReference = market.returnOf(set, set.reference) * margin;
    return set.reference * Math.max(0, (1 - slope) * atReference) ** (1 / slope);
  });
  const scale = scaleTo(market, wanted, free);
  return market.sets
    .map((set, index) => {
      const slope = set.priceExponent + set.rateExponent;
      const to = Math.max(300, (wanted[index] ?? 0) * scale ** (1 / slope));
      return { set, to: step === null ? to : Math.max((1 - step) * set.budget, Math.min((1 + step) * set.budget, to)) };
    })
    .filter(({ set, to }) => Math.abs(to / set.budget - 1) > 0.05)
    .sort((a, b) => a.to - a.set.budget - (b.to - b.set.budget))
    .map(({ set, to }) => ({ kind: 'set_budget', adSetKey: set.key, dailyBudgetMinor: Math.floor(to) }));
}

/** Common factor on the marginal return at which the budgets add up to the total (or to less when less pays best). */
function scaleTo(market: Market, wanted: readonly number[], free: boolean): number {
  const sum = (scale: number) =>
    market.sets.reduce((all, set, index) => {
      const slope = set.priceExponent + set.rateExponent;
      return all + Math.max(300, (wanted[index] ?? 0) * scale ** (1 / slope));
    }, 0);
  if (free && sum(1) <= market.total) return 1;
  let [low, high] = [1e-3, 1e3];
  for (let round = 0; round < 60; round += 1) {
    const middle = Math.sqrt(low * high);
    if (sum(middle) < market.total) low = middle;
    else high = middle;
  }
  return low;
}
