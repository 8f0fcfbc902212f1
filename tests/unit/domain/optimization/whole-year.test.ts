import { describe, expect, it } from 'vitest';
import { catchUp, type Held } from '../../../../lib/domain/optimization/optimizer/catch-up';
import type { FactDay } from '../../../../lib/domain/optimization/optimizer/feed';
import { RESTATED_DAYS, TICKS_PER_DAY } from '../../../../lib/domain/optimization/optimizer/memory';
import type { TickInput } from '../../../../lib/domain/optimization/optimizer/types';
import { randomFrom } from '../../../../lib/domain/statistics/random';

const YEAR = 365;
/** Weeks after which everything the engine looks back over is full. */
const FULL = 24;

type Campaign = { name: string; adSets: number; ads: number; clicks: number; perClick: number; valueMinor: number };

const CAMPAIGNS: Campaign[] = [
  { name: 'a small one that counts requests', adSets: 1, ads: 3, clicks: 20, perClick: 0.05, valueMinor: 0 },
  { name: 'one that sells, whose ad sets differ', adSets: 2, ads: 2, clicks: 60, perClick: 0.03, valueMinor: 4000 },
];

/** Looks every four hours for a year as the product does, and does what was decided; the size of the state, week by week. */
function aYear({ adSets: count, ads: each, clicks, perClick, valueMinor }: Campaign) {
  const random = randomFrom(12);
  const adSets = Array.from({ length: count }, (_, at) => ({
    ...{ key: `s${at}`, dailyBudgetMinor: 4000, on: true, learning: false, stock: 1 },
  }));
  const ads = adSets.flatMap(({ key }, at) =>
    Array.from({ length: each }, (_, ad) => ({
      key: `${key}a${ad}`,
      adSetKey: key,
      on: true,
      creative: `${at}-${ad}-0`,
    })),
  );
  const facts: FactDay[] = [];
  const sizes: number[] = [];
  const kinds = new Set<string>();
  let held: Held | null = null;
  for (let day = 0; day < YEAR; day += 1) {
    while ((facts[0]?.day ?? day) < day - RESTATED_DAYS) facts.shift();
    // An owner puts a new creative into the stock every fortnight, and switches everything on again.
    if (day % 14 === 0) for (const adSet of adSets) adSet.stock = 1;
    if (day % 60 === 0) for (const ad of ads) ad.on = true;
    for (let at = 0; at < TICKS_PER_DAY; at += 1) {
      for (const ad of ads) {
        const better = 1 + 0.5 * adSets.findIndex(({ key }) => key === ad.adSetKey);
        const own = ad.on ? random.poisson((clicks / TICKS_PER_DAY) * (ad.key.endsWith('a1') ? 0.5 : 1)) : 0;
        let fact = facts.find((one) => one.day === day && one.adKey === ad.key);
        if (!fact) {
          fact = {
            adKey: ad.key,
            day,
            impressions: 0,
            clicks: 0,
            spendMinor: 0,
            landingPageViews: 0,
            results: 0,
            valueMinor: 0,
          };
          facts.push(fact);
        }
        const results = random.poisson(own * perClick * better);
        fact.impressions += ad.on ? Math.round((clicks * 80) / TICKS_PER_DAY) : 0;
        fact.clicks += own;
        fact.spendMinor += 80 * own;
        fact.landingPageViews = (fact.landingPageViews ?? 0) + own;
        fact.results += results;
        fact.valueMinor += results * valueMinor;
      }
      const input: Pick<TickInput, 'adSets' | 'ads'> = {
        adSets: adSets.map((one) => ({ ...one })),
        ads: ads.map((one) => ({ ...one })),
      };
      const after = catchUp({
        ...{ held, today: day, tick: day * TICKS_PER_DAY + at, facts: facts.map((fact) => ({ ...fact })), ...input },
        ...{
          spoiled: [],
          frozen: false,
          options: { seed: 1, margin: valueMinor > 0 ? 0.5 : null, mayLowerTotal: false },
        },
      });
      held = after.held;
      // As text once a week: that it decides the same after every tick is shown elsewhere (step.test.ts).
      if (day % 7 === 6 && at === TICKS_PER_DAY - 1) {
        const text: string = JSON.stringify(held);
        held = JSON.parse(text) as Held | null;
        sizes.push(text.length);
      }
      for (const { action } of after.decisions ?? []) {
        kinds.add(action.kind);
        const ad = 'adKey' in action ? ads.find(({ key }) => key === action.adKey) : undefined;
        const adSet = adSets.find(({ key }) => key === (ad?.adSetKey ?? ('adSetKey' in action ? action.adSetKey : '')));
        if (action.kind === 'set_budget' && adSet) adSet.dailyBudgetMinor = action.dailyBudgetMinor;
        if (action.kind === 'pause_ad' && ad) ad.on = false;
        if (action.kind === 'resume_ad' && ad) ad.on = true;
        if (action.kind === 'replace_creative' && ad && adSet) {
          ad.creative = `${ad.key}-${day}`;
          adSet.stock = 0;
        }
      }
    }
  }
  return { sizes, kinds, total: adSets.reduce((sum, one) => sum + one.dailyBudgetMinor, 0), ads: ads.length };
}

describe('a year of looks every four hours', () => {
  it.each(CAMPAIGNS)(
    'keeps a state that no longer grows once its look-back is full: $name',
    { timeout: 120_000 },
    (one) => {
      const { sizes, kinds, total, ads } = aYear(one);
      expect(kinds.size).toBeGreaterThan(0);
      expect(total).toBe(4000 * one.adSets);
      const most = (from: number, to: number) => Math.max(...sizes.slice(from, to));
      // Only the first week of each creative is kept for good: a few days of sums a fortnight.
      expect(most(-5, sizes.length)).toBeLessThan(1.1 * most(FULL, FULL + 5));
      expect(most(0, sizes.length) / ads).toBeLessThan(40_000);
    },
  );
});
