import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planTest } from '../../../lib/domain/optimization/experiments/plan-test';
import { claimBoundary, stratifiedZ } from '../../../lib/domain/statistics/boundary';
import { betaCdf, betaQuantile, gammaCdf, gammaQuantile } from '../../../lib/domain/statistics/distributions';
import { addBatch, type EProcess, evidenceOf, mayClaim, NO_EVIDENCE } from '../../../lib/domain/statistics/e-process';
import { chanceBelowBest, logGammaBelief } from '../../../lib/domain/statistics/log-belief';
import {
  mixedCountQuantile,
  normalCdf,
  normalQuantile,
  poissonCdf,
  poissonUpper,
} from '../../../lib/domain/statistics/quantiles';
import { randomFrom } from '../../../lib/domain/statistics/random';
import { chanceOfTie } from '../../../lib/domain/statistics/tie';

/** Events per arm that the planner asks for to see a 20 % lift in rare events; it already counts what looking costs. */
const PLANNED = planTest({ arms: 2, baseRate: 0.001, exposurePerDay: 1e6, wantedLift: 0.2, maxDays: 60 }).eventsPerArm;
/** The same without looking early: 430 by the tables. */
const FIXED_SIZE = 430;

describe('distributions', () => {
  it('quantiles undo distribution functions', () => {
    for (const p of [0.01, 0.1, 0.5, 0.9, 0.99]) {
      expect(gammaCdf(gammaQuantile(p, 7, 3), 7, 3)).toBeCloseTo(p, 6);
      expect(betaCdf(betaQuantile(p, 3, 9), 3, 9)).toBeCloseTo(p, 6);
      expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 5);
    }
  });

  it('knows textbook values', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.96, 3);
    expect(poissonCdf(2, 5)).toBeCloseTo(0.12465, 4);
    expect(poissonUpper(0, 3)).toBe(1);
    // The long form and the short one meet where they change over.
    expect(poissonCdf(510, 500.1)).toBeCloseTo(poissonCdf(510, 499.9), 2);
  });

  it('an uncertain rate widens a count to both sides', () => {
    expect(mixedCountQuantile(0.1, 20, 0.6)).toBeLessThan(mixedCountQuantile(0.1, 20, 0.01));
    expect(mixedCountQuantile(0.9, 20, 0.6)).toBeGreaterThan(mixedCountQuantile(0.9, 20, 0.01));
    expect(mixedCountQuantile(0.1, 0.2, 0.5)).toBe(0);
  });
});

describe('randomFrom', () => {
  it('gives the same sequence for the same seed and unlike ones for neighbours', () => {
    const draws = (seed: number) => {
      const random = randomFrom(seed);
      return [random.uniform(), random.normal(), random.gamma(3, 2), random.poisson(9)];
    };
    expect(draws(5)).toEqual(draws(5));
    // First draws of consecutive seeds are as uncorrelated as any: a thousand means stay near one half.
    const firsts = Array.from({ length: 1000 }, (_, seed) => randomFrom(seed).uniform());
    expect(firsts.reduce((sum, one) => sum + one, 0) / 1000).toBeCloseTo(0.5, 1);
    const products = firsts.slice(1).map((one, index) => (one - 0.5) * ((firsts[index] ?? 0) - 0.5));
    expect(Math.abs(products.reduce((sum, one) => sum + one, 0) / 999)).toBeLessThan(0.01);
  });

  it.each([[0.4], [6], [45], [800]])('Poisson draws of mean %s have that mean and variance', (mean) => {
    const random = randomFrom(11);
    const draws = Array.from({ length: 6000 }, () => random.poisson(mean));
    const average = draws.reduce((sum, one) => sum + one, 0) / draws.length;
    const variance = draws.reduce((sum, one) => sum + (one - average) ** 2, 0) / draws.length;
    expect(Math.abs(average / mean - 1)).toBeLessThan(0.06);
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.12);
  });
});

describe('chanceBelowBest', () => {
  it('is one half between twins at share 1, and agrees with drawing', () => {
    const twin = logGammaBelief(30, 30);
    expect(chanceBelowBest(twin, [twin], 1)).toBeCloseTo(0.5, 3);
    const [low, others] = [logGammaBelief(20, 30), [logGammaBelief(30, 30), logGammaBelief(40, 35)]];
    const random = randomFrom(3);
    let count = 0;
    for (let draw = 0; draw < 20_000; draw += 1) {
      const best = Math.max(random.gamma(30, 30), random.gamma(40, 35));
      if (random.gamma(20, 30) < 0.86 * best) count += 1;
    }
    expect(chanceBelowBest(low, others, 0.86)).toBeCloseTo(count / 20_000, 1.7);
  });

  it('never falls when the bar is raised', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (mean, variance) => {
          const others = [
            { mean: 0, variance: 0.1 },
            { mean: 0.2, variance: 0.3 },
          ];
          expect(chanceBelowBest({ mean, variance }, others, 0.86)).toBeLessThanOrEqual(
            chanceBelowBest({ mean, variance }, others, 1) + 1e-9,
          );
        },
      ),
    );
  });
});

describe('e-process', () => {
  /** Runs one test of two arms, looking after every batch; answers whether it ever claimed a difference. */
  function everClaims(seed: number, lift: number, batches: number, eventsPerBatch: number): boolean {
    const random = randomFrom(seed);
    let state: EProcess = NO_EVIDENCE;
    for (let batch = 0; batch < batches; batch += 1) {
      // Traffic follows the past: more to the arm that leads. The test must not mind.
      const share = 0.3 + 0.4 * random.uniform();
      const [exposureA, exposureB] = [1 - share, share];
      const eventsA = random.poisson(2 * eventsPerBatch * exposureA);
      const eventsB = random.poisson(2 * eventsPerBatch * exposureB * (1 + lift));
      state = addBatch(state, { exposureA, exposureB, eventsA, eventsB });
      if (mayClaim(state)) return true;
    }
    return false;
  }

  it('claims a difference between equal arms in at most 5 % of tests, at every stopping time', () => {
    const claims = Array.from({ length: 1000 }, (_, seed) => everClaims(seed, 0, 60, 8)).filter(Boolean).length;
    expect(claims / 1000).toBeLessThanOrEqual(0.05);
  });

  it('finds a 20 % lift in at least 80 % of tests at twice the fixed-sample size', () => {
    const batches = 60;
    const perBatch = (2 * FIXED_SIZE) / batches;
    const found = Array.from({ length: 300 }, (_, seed) => everClaims(seed, 0.2, batches, perBatch)).filter(
      Boolean,
    ).length;
    expect(found / 300).toBeGreaterThanOrEqual(0.8);
  });

  it('has expectation one over the next batch, given its total, under equal rates', () => {
    // Exact: the sum over all ways of splitting six events between two arms with shares 0.3 and 0.7.
    const choose = [1, 6, 15, 20, 15, 6, 1];
    const expected = choose.reduce(
      (sum, ways, eventsB) =>
        sum +
        ways *
          0.7 ** eventsB *
          0.3 ** (6 - eventsB) *
          evidenceOf(addBatch(NO_EVIDENCE, { exposureA: 3, exposureB: 7, eventsA: 6 - eventsB, eventsB })),
      0,
    );
    expect(expected).toBeCloseTo(1, 9);
    expect(evidenceOf(NO_EVIDENCE)).toBeCloseTo(1, 12);
  });
});

describe('group-sequential boundary', () => {
  it('keeps 28 looks at equal arms under 5 % false winners and finds a 20 % lift at the planned size in 80 %', () => {
    const claims = (seed: number, lift: number, size: number) => {
      const random = randomFrom(seed);
      const batches: { exposureA: number; exposureB: number; eventsA: number; eventsB: number }[] = [];
      for (let look = 1; look <= 28; look += 1) {
        batches.push({
          exposureA: 1,
          exposureB: 1,
          eventsA: random.poisson(size / 28),
          eventsB: random.poisson((size / 28) * (1 + lift)),
        });
        if (Math.abs(stratifiedZ(batches)) >= claimBoundary(look / 28)) return true;
      }
      return false;
    };
    const share = (lift: number, size: number) =>
      Array.from({ length: 600 }, (_, seed) => claims(seed + 50, lift, size)).filter(Boolean).length / 600;
    expect(share(0, FIXED_SIZE)).toBeLessThanOrEqual(0.05 + 0.02);
    expect(share(0.2, PLANNED)).toBeGreaterThanOrEqual(0.8);
  });
});

describe('ties', () => {
  it('believes in a tie when estimates agree and not when they are far apart', () => {
    const at = (log: number) => ({ log, variance: 0.01 });
    expect(chanceOfTie([at(0), at(0.02)], 0.38, 0.5)).toBeGreaterThan(0.6);
    expect(chanceOfTie([at(0), at(0.8)], 0.38, 0.5)).toBeLessThan(0.01);
  });
});
