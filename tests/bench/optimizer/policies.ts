import { createOptimizer } from '../../../lib/domain/optimization/optimizer/create-optimizer';
import type { OptimizerAction, TickInput } from '../../../lib/domain/optimization/optimizer/types';
import { randomFrom } from '../../../lib/domain/statistics/random';
import { type Market, type MarketSet, TICKS_PER_DAY } from './market';

export type Policy = { step(input: TickInput): OptimizerAction[] };
export type MakePolicy = (market: Market, seed: number) => Policy;

type AdSum = { impressions: number; clicks: number; spend: number; results: number; value: number; adSetKey: string };

function tally(): { sums: Map<string, AdSum>; days: Map<string, AdSum>[]; add(input: TickInput): void } {
  const sums = new Map<string, AdSum>();
  const days: Map<string, AdSum>[] = [];
  const into = (map: Map<string, AdSum>, input: TickInput, row: TickInput['rows'][number]) => {
    const sum = map.get(row.adKey) ?? {
      impressions: 0,
      clicks: 0,
      spend: 0,
      results: 0,
      value: 0,
      adSetKey: input.ads.find((ad) => ad.key === row.adKey)?.adSetKey ?? '',
    };
    map.set(row.adKey, {
      ...sum,
      impressions: sum.impressions + row.impressions,
      clicks: sum.clicks + row.clicks,
      spend: sum.spend + row.spendMinor,
      results: sum.results + row.results,
      value: sum.value + row.valueMinor,
    });
  };
  return {
    sums,
    days,
    add(input) {
      if (input.tick % TICKS_PER_DAY === 0) days.push(new Map());
      for (const row of input.rows) {
        into(sums, input, row);
        const day = days.at(-1);
        if (day) into(day, input, row);
      }
    },
  };
}

const running = (input: TickInput, adSetKey: string) => input.ads.filter((ad) => ad.on && ad.adSetKey === adSetKey);

export const doNothing: MakePolicy = () => ({ step: () => [] });

/** The first design document as written: 0.3 % clicks after 1,000 showings pauses, 20 % moves every 4 hours on the last day, frequency ignored. */
export const literalRules: MakePolicy = () => {
  const seen = tally();
  return {
    step(input) {
      seen.add(input);
      const actions: OptimizerAction[] = [];
      for (const [adKey, sum] of seen.sums) {
        const ad = input.ads.find((one) => one.key === adKey);
        if (
          ad?.on &&
          sum.impressions >= 1000 &&
          sum.clicks / sum.impressions < 0.003 &&
          running(input, ad.adSetKey).length > 1
        )
          actions.push({ kind: 'pause_ad', adKey });
      }
      const last = seen.days.slice(-1)[0] ?? new Map<string, AdSum>();
      const returns = input.adSets
        .map((adSet) => {
          const ads = [...last.values()].filter((sum) => sum.adSetKey === adSet.key);
          const spend = ads.reduce((sum, ad) => sum + ad.spend, 0);
          return { adSet, value: spend > 0 ? ads.reduce((sum, ad) => sum + ad.value, 0) / spend : 0 };
        })
        .sort((a, b) => a.value - b.value);
      const [worst, best] = [returns[0], returns.at(-1)];
      if (worst && best && worst !== best && best.value > 0) {
        const moved = Math.min(Math.round(0.2 * worst.adSet.dailyBudgetMinor), worst.adSet.dailyBudgetMinor - 300);
        if (moved > 0) {
          actions.push({
            kind: 'set_budget',
            adSetKey: worst.adSet.key,
            dailyBudgetMinor: worst.adSet.dailyBudgetMinor - moved,
          });
          actions.push({
            kind: 'set_budget',
            adSetKey: best.adSet.key,
            dailyBudgetMinor: best.adSet.dailyBudgetMinor + moved,
          });
        }
      }
      return actions;
    },
  };
};

/** A fixed 95 % z-test on clicks, looked at every day; the loser is paused. */
export const fixedZ: MakePolicy = () => {
  const seen = tally();
  return {
    step(input) {
      seen.add(input);
      if (input.tick % TICKS_PER_DAY !== TICKS_PER_DAY - 1) return [];
      return input.adSets.flatMap((adSet): OptimizerAction[] => {
        const ads = running(input, adSet.key).flatMap((ad) => {
          const sum = seen.sums.get(ad.key);
          return sum && sum.impressions >= 100 ? [{ key: ad.key, ...sum }] : [];
        });
        if (ads.length < 2) return [];
        ads.sort((a, b) => a.clicks / a.impressions - b.clicks / b.impressions);
        const [low, high] = [ads[0], ads.at(-1)];
        if (!low || !high) return [];
        const pooled = (low.clicks + high.clicks) / (low.impressions + high.impressions);
        const z =
          (high.clicks / high.impressions - low.clicks / low.impressions) /
          Math.sqrt(pooled * (1 - pooled) * (1 / low.impressions + 1 / high.impressions));
        return z > 1.96 ? [{ kind: 'pause_ad', adKey: low.key }] : [];
      });
    },
  };
};

/** Plain Thompson sampling over ad sets: each day the budgets follow one draw of results per money. */
export const plainThompson: MakePolicy = (_market, seed) => {
  const seen = tally();
  const random = randomFrom(seed);
  return {
    step(input) {
      seen.add(input);
      if (input.tick % TICKS_PER_DAY !== TICKS_PER_DAY - 1) return [];
      const total = input.adSets.reduce((sum, adSet) => sum + adSet.dailyBudgetMinor, 0);
      const draws = input.adSets.map((adSet) => {
        const ads = [...seen.sums.values()].filter((sum) => sum.adSetKey === adSet.key);
        return random.gamma(
          1 + ads.reduce((sum, ad) => sum + ad.results, 0),
          1000 + ads.reduce((sum, ad) => sum + ad.spend, 0),
        );
      });
      const all = draws.reduce((a, b) => a + b, 0);
      const next = input.adSets.map((adSet, index) => ({
        adSet,
        to: Math.max(300, Math.floor((total * (draws[index] ?? 0)) / all)),
      }));
      return next
        .sort((a, b) => a.to - a.adSet.dailyBudgetMinor - (b.to - b.adSet.dailyBudgetMinor))
        .map(({ adSet, to }) => ({ kind: 'set_budget', adSetKey: adSet.key, dailyBudgetMinor: to }));
    },
  };
};

/** Knows every true rate: keeps the best ads, swaps in better creatives, and walks the budgets to the best split by 20 % steps. */
export const clairvoyant: MakePolicy = (market) => ({
  step(input) {
    if (input.tick % TICKS_PER_DAY !== TICKS_PER_DAY - 1) return [];
    const actions = market.sets.flatMap((set) => bestAds(set));
    if (Math.floor(input.tick / TICKS_PER_DAY) % 2 === 1) actions.push(...bestBudgets(market));
    return [...actions, ...guards(market)];
  },
});

function worth(set: MarketSet, creative: MarketSet['stock'][number]): number {
  return creative.ctr * creative.cvr * (1 + creative.seen / set.audience) ** -creative.wear;
}

function bestAds(set: MarketSet): OptimizerAction[] {
  const live = set.ads
    .filter((ad) => ad.on && !ad.creative.disapproved)
    .sort((a, b) => worth(set, b.creative) - worth(set, a.creative));
  const [best, last] = [live[0], live.at(-1)];
  if (!best || !last || set.unlearned > 0.15) return [];
  const fresh = set.stock[0];
  // Several good ads tire more slowly than one: only the clearly worse give way.
  if (last !== best && worth(set, last.creative) < 0.8 * worth(set, best.creative)) {
    return fresh && worth(set, fresh) > worth(set, last.creative)
      ? [{ kind: 'replace_creative', adKey: last.key }]
      : [{ kind: 'pause_ad', adKey: last.key }];
  }
  return fresh && worth(set, fresh) > 1.25 * worth(set, last.creative)
    ? [{ kind: 'replace_creative', adKey: last.key }]
    : [];
}

function bestBudgets(market: Market): OptimizerAction[] {
  const wanted = market.sets.map((set) => {
    const exponent = 1 - set.priceExponent - set.rateExponent;
    return set.budget * (exponent * market.margin * market.value * market.trueRate(set)) ** (1 / (1 - exponent));
  });
  const sum = wanted.reduce((a, b) => a + b, 0);
  const scale = sum > market.total ? market.total / sum : 1;
  return market.sets
    .map((set, index) => ({
      set,
      to: Math.max(300, Math.max(0.8 * set.budget, Math.min(1.2 * set.budget, (wanted[index] ?? 0) * scale))),
    }))
    .filter(({ set, to }) => Math.abs(to / set.budget - 1) > 0.04)
    .sort((a, b) => a.to - a.set.budget - (b.to - b.set.budget))
    .map(({ set, to }) => ({ kind: 'set_budget', adSetKey: set.key, dailyBudgetMinor: Math.floor(to) }));
}

function guards(market: Market): OptimizerAction[] {
  const broken = market.shockAt('site') ?? market.shockAt('checkout');
  return market.sets
    .filter((set) => set.on === Boolean(broken))
    .map((set) => ({ kind: broken ? 'pause_ad_set' : 'resume_ad_set', adSetKey: set.key }));
}

/** Ours; with `mayLowerTotal` false it only moves money. */
export const engine =
  (mayLowerTotal: boolean): MakePolicy =>
  (market, seed) => {
    const optimizer = createOptimizer({ seed, margin: market.margin, mayLowerTotal });
    return { step: (input) => optimizer.step(input).map(({ action }) => action) };
  };
