import type { OptimizerAction, TickInput } from '../../../../lib/domain/optimization/optimizer/types';
import { TICKS_PER_DAY } from '../draw';
import type { Market } from '../market';

export type Policy = { step(input: TickInput): OptimizerAction[] };
export type MakePolicy = (market: Market, seed: number) => Policy;

export type Sum = { impressions: number; clicks: number; spend: number; results: number; value: number };
export const NOTHING_YET: Sum = { impressions: 0, clicks: 0, spend: 0, results: 0, value: 0 };

/** What was reported, kept per ad and day: all that the simple policies look at. */
export class Tally {
  private readonly byAd = new Map<string, Sum[]>();

  add(input: TickInput): void {
    for (const row of input.rows) {
      const days = this.byAd.get(row.adKey) ?? [];
      this.byAd.set(row.adKey, days);
      const day = Math.floor(row.tick / TICKS_PER_DAY);
      days[day] = plus(days[day] ?? NOTHING_YET, {
        impressions: row.impressions,
        clicks: row.clicks,
        spend: row.spendMinor,
        results: row.results,
        value: row.valueMinor,
      });
    }
  }

  /** The last `count` days up to the input's own; all of them without a count. */
  ad(input: TickInput, adKey: string, count = Infinity): Sum {
    const today = Math.floor(input.tick / TICKS_PER_DAY);
    const days = this.byAd.get(adKey) ?? [];
    let sum = NOTHING_YET;
    for (let day = Math.max(0, today - count + 1); day <= today; day += 1) sum = plus(sum, days[day] ?? NOTHING_YET);
    return sum;
  }

  adSet(input: TickInput, adSetKey: string, count = Infinity): Sum {
    return input.ads
      .filter((ad) => ad.adSetKey === adSetKey)
      .reduce((sum, ad) => plus(sum, this.ad(input, ad.key, count)), NOTHING_YET);
  }
}

function plus(a: Sum, b: Sum): Sum {
  return {
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    spend: a.spend + b.spend,
    results: a.results + b.results,
    value: a.value + b.value,
  };
}

export const isDayEnd = (input: TickInput) => input.tick % TICKS_PER_DAY === TICKS_PER_DAY - 1;
export const runningAds = (input: TickInput, adSetKey: string) =>
  input.ads.filter((ad) => ad.on && ad.adSetKey === adSetKey);

/** Lowering first: at no moment may the total pass its limit. */
export function budgetActions(input: TickInput, next: readonly number[]): OptimizerAction[] {
  return input.adSets
    .map((adSet, index) => ({ adSet, to: Math.floor(next[index] ?? adSet.dailyBudgetMinor) }))
    .filter(({ adSet, to }) => to !== adSet.dailyBudgetMinor)
    .sort((a, b) => a.to - a.adSet.dailyBudgetMinor - (b.to - b.adSet.dailyBudgetMinor))
    .map(({ adSet, to }) => ({ kind: 'set_budget', adSetKey: adSet.key, dailyBudgetMinor: to }));
}
