import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsBefore } from '@/lib/domain/past/counts';
import { learnFromPast } from '@/lib/domain/past/learn';
import type { PastDay } from '@/lib/domain/past/past';
import { type Random, randomFrom } from '@/lib/domain/statistics/random';
import { addDays } from '@/lib/domain/time';

const TODAY = '2026-11-21';
const learn = (rows: readonly PastDay[]) => learnFromPast({ rows, currency: 'EUR', today: TODAY });

type Truth = { campaignId: string; perResult: number; spend: number; days: number; swing?: number };

/** Days of a campaign whose results cost what they really cost; `swing` makes days differ beyond luck. */
function daysOf(random: Random, truth: Truth): PastDay[] {
  return Array.from({ length: truth.days }, (_, index) => {
    const good = truth.swing ? random.gamma(1 / truth.swing, 1 / truth.swing) : 1;
    const clicks = random.poisson((truth.spend / 40) * good);
    return {
      campaignId: truth.campaignId,
      goal: 'SALES' as const,
      day: addDays(TODAY, -10 - index),
      spendMinor: BigInt(truth.spend),
      impressions: clicks * 80,
      clicks,
      results: random.poisson((truth.spend / truth.perResult) * good),
      valueMinor: null,
    };
  });
}

const anyDay: fc.Arbitrary<PastDay> = fc.record({
  campaignId: fc.constantFrom('1', '2', '3'),
  goal: fc.constantFrom('SALES' as const, 'LEADS' as const, null),
  day: fc.integer({ min: -3, max: 120 }).map((ago) => addDays(TODAY, -ago)),
  spendMinor: fc.bigInt({ min: 0n, max: 500_000n }),
  impressions: fc.nat(100_000),
  clicks: fc.nat(3_000),
  results: fc.option(fc.nat(60)),
  valueMinor: fc.constant(null),
});

describe('what an account’s past says', () => {
  it('keeps every cent of the mature days and orders every interval, whatever the days hold', () => {
    fc.assert(
      fc.property(fc.array(anyDay, { maxLength: 120 }), (rows) => {
        const past = learn(rows);
        const counted = rows.filter(({ day }) => day >= past.since && day <= past.until);
        const spent = counted.reduce((sum, row) => sum + row.spendMinor, 0n);
        expect(BigInt(past.spend.minor)).toBe(spent);
        expect(past.goals.reduce((sum, goal) => sum + BigInt(goal.spend.minor), 0n)).toBe(spent);
        for (const { perClick, perResult } of past.goals) {
          for (const seen of [perClick, perResult]) {
            if (seen) expect(BigInt(seen.low.minor)).toBeLessThanOrEqual(BigInt(seen.high.minor));
          }
        }
      }),
    );
  });

  it('does not depend on the order of the days', () => {
    fc.assert(
      fc.property(fc.array(anyDay, { maxLength: 60 }), (rows) => {
        const numbers = (past: ReturnType<typeof learn>) => [
          past.days,
          past.spend,
          past.checks,
          past.hypotheses.length,
        ];
        expect(numbers(learn(rows.toReversed()))).toEqual(numbers(learn(rows)));
      }),
    );
  });

  it('says nothing of costs from too few days, clicks or results', () => {
    const random = randomFrom(1);
    const week = daysOf(random, { campaignId: '1', perResult: 500, spend: 4_000, days: 6 });
    expect(learn(week).goals[0]).toMatchObject({ days: 6, perClick: null, perResult: null });
    const poor = daysOf(random, { campaignId: '1', perResult: 90_000, spend: 2_000, days: 30 });
    expect(learn(poor).goals[0]?.perResult).toBeNull();
    expect(learn([])).toMatchObject({ days: 0, goals: [], checks: [], hypotheses: [] });
  });

  it('leaves out the last week, whose results still grow', () => {
    const young = daysOf(randomFrom(2), { campaignId: '1', perResult: 500, spend: 4_000, days: 20 }).map(
      (row, index) => ({
        ...row,
        day: addDays(TODAY, -1 - (index % 7)),
      }),
    );
    expect(learn(young)).toMatchObject({ days: 0, goals: [] });
  });

  it.each([
    ['days alike', undefined],
    ['days that swing', 0.3],
  ])('the 80 %% intervals hold the true cost about four times in five: %s', (_name, swing) => {
    let inside = 0;
    const shops = 600;
    for (let seed = 0; seed < shops; seed += 1) {
      const truth = { campaignId: '1', perResult: 900, spend: 2_000, days: 40, ...(swing ? { swing } : {}) };
      const seen = learn(daysOf(randomFrom(seed), truth)).goals[0]?.perResult;
      if (seen && Number(seen.low.minor) <= 900 && Number(seen.high.minor) >= 900) inside += 1;
    }
    expect(inside / shops).toBeGreaterThan(0.74);
    expect(inside / shops).toBeLessThan(0.87);
  });

  it('sees a difference between equal campaigns in at most 5 % of accounts, also where days swing', () => {
    let found = 0;
    const shops = 600;
    for (let seed = 0; seed < shops; seed += 1) {
      const random = randomFrom(9_000 + seed);
      const rows = ['1', '2', '3', '4'].flatMap((campaignId, index) =>
        daysOf(random, { campaignId, perResult: 800, spend: 1_000 + 500 * index, days: 40, swing: 0.3 }),
      );
      if (learn(rows).hypotheses.length > 0) found += 1;
    }
    expect(found / shops).toBeLessThanOrEqual(0.05);
  });

  it('names the cheaper of two campaigns that really differ, as something to test with both counts', () => {
    const random = randomFrom(4);
    const rows = [
      ...daysOf(random, { campaignId: 'cheap', perResult: 600, spend: 2_000, days: 40 }),
      ...daysOf(random, { campaignId: 'dear', perResult: 1_500, spend: 2_000, days: 40 }),
    ];
    const [hypothesis] = learn(rows).hypotheses;
    expect(hypothesis).toMatchObject({ better: { campaignId: 'cheap' }, worse: { campaignId: 'dear' } });
    expect(hypothesis?.chanceByLuck).toBeLessThan(0.05);
    expect(hypothesis?.better.results).toBeGreaterThan(hypothesis?.worse.results ?? Infinity);
  });

  it('notices that nothing was counted, and many clicks that brought nothing', () => {
    const rows = daysOf(randomFrom(5), { campaignId: '1', perResult: 500, spend: 4_000, days: 30 });
    expect(learn(rows).checks).toEqual([]);
    expect(learn(rows.map((row) => ({ ...row, goal: null, results: null }))).checks).toEqual(['nothing_counted']);
    expect(learn(rows.map((row) => ({ ...row, results: 0 }))).checks).toEqual(['clicks_without_results']);
  });
});

describe('what the engine is told of a past', () => {
  const kept = (day: string, more: Partial<Parameters<typeof countsBefore>[0][number]> = {}) => ({
    goal: 'SALES' as const,
    day,
    spendMinor: '1000',
    clicks: 50,
    results: 2,
    valueMinor: '6000',
    ...more,
  });

  it('are the days of the same goal before the engine’s own, and no others', () => {
    const days = [
      kept('2026-10-01'),
      kept('2026-10-02', { results: 0, valueMinor: '0' }),
      kept('2026-10-02', { goal: 'LEADS', clicks: 900 }),
      kept('2026-10-03', { goal: null, results: null }),
      kept('2026-10-04'),
    ];
    const told = { clicks: 100, spendMinor: 2000, results: 2, valueMinor: 6000 };
    expect(countsBefore(days, 'SALES', '2026-10-04')).toEqual(told);
    expect(countsBefore(days, 'SALES', '2026-10-01')).toBeUndefined();
    expect(countsBefore(days, 'TRAFFIC', '2026-10-04')).toBeUndefined();
  });

  it('says nothing of worth where one sale’s is unknown, or none was kept', () => {
    const worth = (valueMinor: string | null | undefined) =>
      countsBefore([kept('2026-10-01'), { ...kept('2026-10-02'), valueMinor }], 'SALES', '2026-10-04')?.valueMinor;
    expect([worth('100'), worth(null), worth(undefined)]).toEqual([6100, 0, 0]);
  });
});
