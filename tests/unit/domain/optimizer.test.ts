import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALLOCATION, allocate, levelBelief } from '../../../lib/domain/optimization/optimizer/allocate';
import { createOptimizer } from '../../../lib/domain/optimization/optimizer/create-optimizer';
import type { OptimizerDecision, TickInput } from '../../../lib/domain/optimization/optimizer/types';
import { randomFrom } from '../../../lib/domain/statistics/random';

type Day = {
  sales?: number;
  clicks?: number;
  views?: number | null;
  site?: boolean;
  answer?: TickInput['answer'];
  late?: boolean;
};

/** Three ad sets of one ad; ad set 2 sells three times as well as the others. Each tick is the same unless told otherwise. */
function play(ticks: number, at: (tick: number) => Day = () => ({}), options = {}) {
  const optimizer = createOptimizer({ seed: 4, margin: 0.5, ...options });
  const budgets = [5000, 5000, 5000];
  const on = [true, true, true];
  const said: { tick: number; decision: OptimizerDecision }[] = [];
  const random = randomFrom(8);
  for (let tick = 0; tick < ticks; tick += 1) {
    const day = at(tick);
    const input: TickInput = {
      tick,
      completeThrough: day.late ? tick - 2 : tick,
      siteAnswers: day.site ?? true,
      answer: day.answer ?? null,
      adSets: budgets.map((dailyBudgetMinor, index) => ({
        key: `s${index}`,
        dailyBudgetMinor,
        on: on[index] ?? true,
        learning: false,
        stock: 0,
      })),
      ads: budgets.map((_, index) => ({ key: `a${index}`, adSetKey: `s${index}`, on: true, creative: `c${index}` })),
      rows: day.late
        ? []
        : budgets.map((budget, index) => {
            const clicks = on[index] ? (day.clicks ?? random.poisson(budget / 600)) : 0;
            const results = random.poisson(clicks * (day.sales ?? 0.05) * (index === 2 ? 3 : 1));
            return {
              tick,
              adKey: `a${index}`,
              impressions: clicks * 80,
              clicks,
              spendMinor: on[index] ? Math.round(budget / 6) : 0,
              landingPageViews: day.views === undefined ? Math.round(clicks * 0.8) : day.views,
              results,
              valueMinor: results * 4000,
            };
          }),
    };
    for (const decision of optimizer.step(input)) {
      said.push({ tick, decision });
      const { action } = decision;
      if (action.kind === 'set_budget') budgets[Number(action.adSetKey.slice(1))] = action.dailyBudgetMinor;
      if (action.kind === 'pause_ad_set' || action.kind === 'resume_ad_set')
        on[Number(action.adSetKey.slice(1))] = action.kind === 'resume_ad_set';
    }
  }
  return { budgets, said, kinds: said.map(({ decision }) => decision.action.kind) };
}

describe('createOptimizer', () => {
  it('gives the same answers to the same inputs', () => {
    expect(play(120).said).toEqual(play(120).said);
  });

  it('moves money to the ad set that sells, in steps of at most 20 %, only at the end of a day, never above the total', () => {
    const { budgets, said } = play(240);
    expect(budgets[2]).toBeGreaterThan(1.3 * 5000);
    expect(budgets.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(15_000);
    for (const { tick } of said.filter(({ decision }) => decision.action.kind === 'set_budget'))
      expect(tick % 6).toBe(5);
  });

  it('keeps the total when it may not lower it, and when margin is unknown', () => {
    for (const options of [{ mayLowerTotal: false }, { margin: null }]) {
      const { budgets } = play(240, () => ({}), options);
      expect(budgets.reduce((a, b) => a + b, 0)).toBeGreaterThan(0.9 * 15_000);
    }
  });

  it('stops everything in the tick the site stops answering and goes on when it answers again', () => {
    const { said } = play(60, (tick) => ({ site: !(tick >= 40 && tick < 44) }));
    expect(said.filter(({ tick, decision }) => tick === 40 && decision.action.kind === 'pause_ad_set')).toHaveLength(3);
    expect(said.filter(({ tick, decision }) => tick === 44 && decision.action.kind === 'resume_ad_set')).toHaveLength(
      3,
    );
  });

  it('changes nothing while page views are lost or rows are missing', () => {
    expect(play(90, (tick) => (tick >= 8 ? { views: 0, sales: 0 } : {})).kinds).not.toContain('set_budget');
    expect(play(90, (tick) => (tick >= 8 ? { late: true } : {})).kinds).not.toContain('set_budget');
  });

  it('asks once when sales fall silent, stops on "broken", goes on after "fine"', () => {
    const broken = (tick: number): Day => ({
      ...(tick >= 60 && tick < 90 ? { sales: 0 } : {}),
      ...(tick === 80 ? { answer: 'site-broken' as const } : {}),
      ...(tick === 92 ? { answer: 'all-fine' as const } : {}),
    });
    const { said } = play(110, broken);
    const first = said.find(({ decision }) => decision.action.kind === 'ask_owner');
    expect(first!.tick).toBeGreaterThanOrEqual(60);
    expect(first!.tick).toBeLessThan(72);
    // Until the owner says so nothing rests: it may be the counting.
    expect(said.filter(({ tick }) => tick < 80 && tick >= 60).map(({ decision }) => decision.action.kind)).toEqual([
      'ask_owner',
    ]);
    expect(said.filter(({ tick, decision }) => tick === 80 && decision.action.kind === 'pause_ad_set')).toHaveLength(3);
    expect(said.filter(({ tick, decision }) => tick === 92 && decision.action.kind === 'resume_ad_set')).toHaveLength(
      3,
    );
  });

  it('asks nobody in 56 calm days', () => {
    expect(play(336).kinds).not.toContain('ask_owner');
  });
});

describe('allocate', () => {
  const anyPart = fc.record({
    now: fc.integer({ min: 300, max: 60_000 }),
    usual: fc.integer({ min: 300, max: 60_000 }),
    mean: fc.double({ min: -9, max: -7, noNaN: true }),
    mayEdit: fc.boolean(),
  });
  it('never passes the limit, never steps further than allowed, never undercuts the floor, leaves what rests alone', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 1, maxLength: 6 }), fc.boolean(), fc.nat(), (given, free, seed) => {
        const parts = given.map(({ mean, ...part }) => ({ ...part, belief: { mean, variance: 0.05 } }));
        const most = given.reduce((sum, part) => sum + part.now, 0);
        const decided = allocate(
          parts,
          {
            worth: free ? 3000 : null,
            level: levelBelief(1.5, 20),
            most,
            least: 300,
            mayLowerTotal: free,
            alike: { chance: 0.05, belief: { mean: -8, variance: 0.05 } },
          },
          randomFrom(seed),
        );
        if (!decided) return;
        const sum = decided.budgets.reduce((a, b) => a + b, 0);
        expect(decided.chance).toBeGreaterThanOrEqual(ALLOCATION.gate);
        expect(sum).toBeLessThanOrEqual(most + 1);
        // Money only moves: not one minor unit is lost to rounding.
        if (!free) expect(sum).toBe(most);
        for (const [index, budget] of decided.budgets.entries()) {
          const { now, mayEdit } = given[index]!;
          expect(Math.abs(budget - now)).toBeLessThanOrEqual(mayEdit ? 0.2 * now + 1 : 0);
          expect(budget).toBeGreaterThanOrEqual(Math.min(300, now) - 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  const kept = (parts: { now: number; usual: number; mean: number }[]) =>
    allocate(
      parts.map(({ mean, ...part }) => ({ ...part, belief: { mean, variance: 0.01 }, mayEdit: true })),
      {
        worth: 3000,
        level: levelBelief(2, 50),
        most: parts.reduce((sum, part) => sum + part.now, 0),
        least: 300,
        mayLowerTotal: false,
        alike: { chance: 0, belief: { mean: -8, variance: 0.01 } },
      },
      randomFrom(1),
    );

  it('one part alone is left as it is while the total is kept', () => {
    expect(kept([{ now: 9000, usual: 9000, mean: -7 }])).toBeNull();
  });

  it('goes by what the next money brings: of two that bring the same on average the one just raised gives', () => {
    const [raised = 0, other = 0] =
      kept([
        { now: 12_000, usual: 4000, mean: -8 },
        { now: 4000, usual: 4000, mean: -8 },
      ])?.budgets ?? [];
    expect(raised).toBeLessThan(12_000);
    expect(other).toBeGreaterThan(4000);
    expect(raised + other).toBe(16_000);
  });

  it('while the ad sets may well be alike, a lower total raises none of them', () => {
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 2, maxLength: 6 }), fc.nat(), (given, seed) => {
        const parts = given.map(({ mean, ...part }) => ({ ...part, belief: { mean, variance: 0.05 } }));
        const decided = allocate(
          parts,
          {
            worth: 3000,
            level: levelBelief(1.5, 20),
            most: given.reduce((sum, part) => sum + part.now, 0),
            least: 300,
            mayLowerTotal: true,
            alike: { chance: 0.3, belief: { mean: -8, variance: 0.05 } },
          },
          randomFrom(seed),
        );
        const changes = decided?.budgets.map((budget, index) => budget - given[index]!.now) ?? [];
        // Rounding takes less than a minor unit.
        expect(changes.some((change) => change > 0) && changes.some((change) => change < -1)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('however badly everything sells, half of the total goes on being spent', () => {
    const lowest = (start: number[], means: number[]) => {
      const most = start.reduce((sum, one) => sum + one, 0);
      let [now, least] = [start, most];
      for (let day = 0; day < 30; day += 1) {
        const decided = allocate(
          now.map((one, index) => ({
            now: one,
            usual: one,
            belief: { mean: means[index] ?? -9, variance: 0.02 },
            mayEdit: true,
          })),
          {
            worth: 1000,
            level: { mean: 0, variance: 0.05 },
            most,
            least: 300,
            mayLowerTotal: true,
            alike: { chance: 0, belief: { mean: -9, variance: 0.02 } },
          },
          randomFrom(day),
        );
        now = decided?.budgets ?? now;
        least = Math.min(
          least,
          now.reduce((sum, one) => sum + one, 0),
        );
      }
      return least / most;
    };
    expect(lowest([5000, 5000, 5000], [-8, -8, -8])).toBeGreaterThanOrEqual(0.499);
    expect(lowest([5000, 5000, 5000], [-8, -8, -8])).toBeLessThan(0.6);
    // The one that should have it is small and grows by limited steps: meanwhile the others are cut less.
    expect(lowest([20_000, 20_000, 600], [-9, -9, -7.5])).toBeGreaterThanOrEqual(0.499);
  });
});
