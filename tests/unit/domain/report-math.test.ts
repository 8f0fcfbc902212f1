import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReportDay, type ReportInput, weekFigures } from '../../../lib/domain/report-math';
import { samePoissonRate } from '../../../lib/domain/statistics/rate-comparison';
import { addDays } from '../../../lib/domain/time';

const MONDAY = '2026-11-09';

function day(offset: number, change: Partial<ReportDay> = {}): ReportDay {
  return {
    day: addDays(MONDAY, offset),
    spendMinor: 1000n,
    impressions: 900,
    clicks: 12,
    landingPageViews: null,
    results: 2,
    valueMinor: null,
    ...change,
  };
}

function input(change: Partial<ReportInput> = {}): ReportInput {
  return {
    goal: 'LEADS',
    currency: 'EUR',
    monday: MONDAY,
    today: addDays(MONDAY, 7),
    launchDay: addDays(MONDAY, -7),
    reach: 3000,
    previousReach: 2900,
    rows: Array.from({ length: 14 }, (_, index) => day(index - 7)),
    projection: {
      days: 30,
      reach: { low: 1, high: 2 },
      clicks: { low: 1, high: 2 },
      results: { low: 30, high: 90 },
      costPerResult: null,
      basis: { kind: 'similar-shops' },
    },
    ...change,
  };
}

describe('weekFigures', () => {
  it('sums the week, makes ratios from sums, and takes people reached from the window only', () => {
    const figures = weekFigures(input());
    expect(figures.totals).toMatchObject({
      spend: { minor: '7000' },
      results: 14,
      clicks: 84,
      reach: 3000,
      costPerResult: { minor: '500' },
    });
    expect(figures.sinceLaunch).toEqual({ spend: { minor: '14000', currency: 'EUR' }, results: 28 });
    expect(figures.partialWeek).toBe(false);
  });

  it('never reports a sum of nothing as zero results', () => {
    const rows = [day(0, { results: null }), day(1, { results: null })];
    expect(weekFigures(input({ rows, launchDay: MONDAY })).totals).toMatchObject({
      results: null,
      costPerResult: null,
      roas: null,
    });
  });

  it('shows a first week of three days as partial, without trend, against three days of the range', () => {
    const rows = [4, 5, 6].map((offset) => day(offset));
    const figures = weekFigures(input({ rows, launchDay: addDays(MONDAY, 4) }));
    expect(figures).toMatchObject({ days: 3, partialWeek: true, trend: null, previous: null });
    expect(figures.expected!.high).toBeLessThan(weekFigures(input()).expected!.high);
  });

  it('compares only two whole weeks: one missing day and there is no trend', () => {
    expect(weekFigures(input()).trend).not.toBeNull();
    expect(weekFigures(input({ rows: input().rows.slice(1) })).trend).toBeNull();
    expect(weekFigures(input({ launchDay: addDays(MONDAY, -6) })).trend).toBeNull();
    expect(weekFigures(input({ today: addDays(MONDAY, 6) })).trend).toBeNull();
  });

  it('calls equal weeks within normal although the younger one is not fully reported', () => {
    const rows = Array.from({ length: 14 }, (_, index) => day(index - 7, { results: index < 7 ? 4 : 3 }));
    expect(weekFigures(input({ rows })).trend!.results).toMatchObject({ withinNormal: true });
  });

  it('calls a collapse what it is', () => {
    const rows = Array.from({ length: 14 }, (_, index) => day(index - 7, { results: index < 7 ? 6 : 1 }));
    const { trend } = weekFigures(input({ rows }));
    expect(trend!.results).toMatchObject({ direction: 'down', withinNormal: false });
    expect(trend!.costPerResult).toMatchObject({ direction: 'up', withinNormal: false });
  });

  it('says below, within or above the promised range, with the benefit of late results', () => {
    const week = (results: number) =>
      Array.from({ length: 7 }, (_, index) => day(index, { results: index === 0 ? results : 0 }));
    const against = (results: number) => weekFigures(input({ rows: week(results), launchDay: MONDAY })).against;
    const { expected } = weekFigures(input());
    expect(against(0)).toBe('below');
    expect(against(expected!.low)).toBe('within');
    expect(against(expected!.high)).toBe('within');
    expect(against(expected!.high + 1)).toBe('above');
    expect(weekFigures(input({ projection: null })).against).toBeNull();
  });
});

describe('samePoissonRate', () => {
  it('is symmetric, between 0 and 1, and 1 with nothing to compare', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (a, b, x, y) => {
          const p = samePoissonRate({ events: a, exposure: x }, { events: b, exposure: y });
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(samePoissonRate({ events: b, exposure: y }, { events: a, exposure: x })).toBeCloseTo(p, 9);
        },
      ),
    );
    expect(samePoissonRate({ events: 0, exposure: 1 }, { events: 0, exposure: 1 })).toBe(1);
  });
});
