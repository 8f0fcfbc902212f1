import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenTick } from '../../../../lib/domain/optimization/optimizer/accept';
import { createOptimizer } from '../../../../lib/domain/optimization/optimizer/create-optimizer';
import type { OptimizerOptions } from '../../../../lib/domain/optimization/optimizer/types';
import { randomFrom } from '../../../../lib/domain/statistics/random';

const SETS = ['north', 'south'];

/** Two ad sets of one ad; the second sells `ratio` times as often. Told in full, or as bare and shuffled as is allowed. */
function shop(options: Partial<OptimizerOptions>, { ratio = 1, bare = false, days = 30 } = {}) {
  const optimizer = createOptimizer({ seed: 3, margin: 0.5, mayLowerTotal: false, ...options });
  const random = randomFrom(7);
  const budgets = new Map(SETS.map((key) => [key, 6000]));
  const history: number[] = [];
  for (let tick = 0; tick < days * 6; tick += 1) {
    const rows = SETS.map((key, index) => {
      const clicks = random.poisson((budgets.get(key) ?? 0) / 500);
      const results = random.poisson(clicks * 0.04 * (index === 1 ? ratio : 1));
      const row = { tick, adKey: `${key}-ad`, impressions: clicks * 90, clicks, results, valueMinor: results * 5000 };
      return { ...row, spendMinor: Math.round((budgets.get(key) ?? 0) / 6), landingPageViews: null };
    });
    const adSets = SETS.map((key) => ({ key, dailyBudgetMinor: budgets.get(key) ?? 0 }));
    const ads = SETS.map((key) => ({ key: `${key}-ad`, adSetKey: key }));
    const full: OpenTick = {
      tick,
      completeThrough: tick,
      rows,
      siteAnswers: null,
      answer: null,
      adSets: adSets.map((one) => ({ ...one, on: true, learning: false, stock: 0 })),
      ads: ads.map((one) => ({ ...one, on: true, creative: '' })),
    };
    const told = bare ? { tick, rows: rows.map(({ landingPageViews, ...row }) => row).reverse(), adSets, ads } : full;
    for (const { action } of optimizer.step(told))
      if (action.kind === 'set_budget') budgets.set(action.adSetKey, action.dailyBudgetMinor);
    history.push(budgets.get('south') ?? 0);
  }
  return history;
}

describe('createOptimizer is told things as they come', () => {
  it('fields left out and rows in another order change nothing', () => {
    expect(shop({}, { ratio: 3, bare: true })).toEqual(shop({}, { ratio: 3 }));
    expect(shop({}, { ratio: 3 }).at(-1)).toBeGreaterThan(6600);
  });

  const count = fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.constant(Number.NaN),
    fc.integer({ min: -5, max: 400 }),
  );
  const key = fc.constantFrom('a', 'b', 'ghost');
  const row = fc.record({
    adKey: key,
    tick: fc.integer({ min: -3, max: 90 }),
    clicks: count,
    impressions: count,
    spendMinor: count,
    results: count,
    valueMinor: count,
    landingPageViews: count,
  });
  const anyTick = fc.record(
    {
      tick: fc.integer({ min: 0, max: 90 }),
      rows: fc.oneof(fc.constant(null), fc.array(row, { maxLength: 6 })),
      completeThrough: fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 99 })),
      adSets: fc.array(fc.record({ key: fc.constantFrom('s', 't'), dailyBudgetMinor: fc.constantFrom(0, 1, 3000) }), {
        maxLength: 3,
      }),
      ads: fc.array(fc.record({ key, adSetKey: fc.constantFrom('s', 't', 'nowhere') }), { maxLength: 4 }),
      siteAnswers: fc.constantFrom(null, true, false),
      answer: fc.constantFrom(null, 'all-fine' as const, 'site-broken' as const, 'tracking-broken' as const),
      restated: fc.constantFrom(
        undefined,
        () => null,
        () => [{ adKey: 'a', clicks: 9 }],
      ),
    },
    { requiredKeys: ['tick'] },
  );
  it('never throws on odd ticks, in whatever order, and asks for no budget that is no whole number from 0 on', () => {
    fc.assert(
      fc.property(fc.array(anyTick, { maxLength: 60 }), (ticks) => {
        const optimizer = createOptimizer({});
        for (const tick of ticks)
          for (const { action } of optimizer.step(tick))
            if (action.kind === 'set_budget')
              expect(Number.isInteger(action.dailyBudgetMinor) && action.dailyBudgetMinor >= 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses text where a number belongs, and a margin in per cent, naming the field', () => {
    const step = (tick: unknown) => () => createOptimizer({}).step(tick as OpenTick);
    expect(step({ tick: '5' })).toThrow('tick: a number is wanted, not the text "5"');
    expect(step({ tick: 1, rows: [{ adKey: 'a', clicks: '12' }] })).toThrow(
      'rows[0].clicks: a number is wanted, not the text "12"',
    );
    expect(step({ tick: 1, adSets: [{ key: 's', dailyBudgetMinor: 100, on: 'ACTIVE' }] })).toThrow(
      'adSets[0].on: true or false is wanted',
    );
    expect(() => createOptimizer({ margin: 50 })).toThrow('margin: a share from 0 to 1 is wanted, not 50');
  });

  it('an ad set that was switched on and never delivered holds up no other', () => {
    const optimizer = createOptimizer({ seed: 1, margin: null });
    const random = randomFrom(2);
    let moved = false;
    for (let tick = 0; tick < 180; tick += 1) {
      const rows = ['a', 'b'].map((adKey, index) => {
        const clicks = random.poisson(12);
        return {
          adKey,
          impressions: 900,
          clicks,
          spendMinor: 1000,
          results: random.poisson(clicks * (index ? 0.12 : 0.03)),
        };
      });
      const keys = ['a', 'b', 'stuck'];
      const adSets = keys.map((one) => ({ key: one, dailyBudgetMinor: 6000 }));
      const said = optimizer.step({ tick, rows, adSets, ads: keys.map((one) => ({ key: one, adSetKey: one })) });
      for (const { action } of said) {
        if (action.kind !== 'set_budget') continue;
        moved = true;
        expect(action.adSetKey).not.toBe('stuck');
      }
    }
    expect(moved).toBe(true);
  });
});

describe('an account’s own past', () => {
  const counts = (results: number) => ({ clicks: 1000, spendMinor: 500_000, results, valueMinor: results * 5000 });
  const past = (north: number, south: number) => ({ past: { adSets: { north: counts(north), south: counts(south) } } });
  const firstRaise = (history: number[]) => history.findIndex((budget) => budget > 6000);

  it('that says which ad set sold better lets money move there earlier', () => {
    const [told, untold] = [firstRaise(shop(past(30, 90), { ratio: 1.8 })), firstRaise(shop({}, { ratio: 1.8 }))];
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(untold < 0 ? Infinity : untold);
  });

  it('that misleads is outweighed by what is counted now', () => {
    expect(shop(past(90, 30), { ratio: 3, days: 40 }).at(-1)).toBeGreaterThan(6600);
  });
});
