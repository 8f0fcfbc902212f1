import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GOALS } from '../../../lib/domain/brief';
import { money, moneyFromJson } from '../../../lib/domain/money';
import { projectPlan, rangeForDays } from '../../../lib/domain/projection-model';

const lisbon = { goal: 'LEADS', countries: ['PT'] } as const;
const row = (day: number, results: number | null = 2) => ({
  day: `2026-10-${String(day).padStart(2, '0')}`,
  spendMinor: 1000n,
  impressions: 900,
  clicks: 12,
  landingPageViews: 10,
  results,
  valueMinor: null,
});

describe('projectPlan', () => {
  it('contains the published cost of a lead (10.17 to 41.53 dollars) within or around its range', () => {
    const seen = projectPlan({ goal: 'LEADS', countries: ['US'], dailyBudget: money(3000, 'USD') });
    expect(moneyFromJson(seen.costPerResult!.low).minor).toBeLessThan(1017n);
    expect(moneyFromJson(seen.costPerResult!.high).minor).toBeGreaterThan(4153n);
  });

  it('is ordered, wide, and grows with the budget, for every goal and currency', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GOALS),
        fc.constantFrom('EUR', 'JPY', 'USD', 'XXX'),
        fc.integer({ min: 300, max: 50_000 }),
        (goal, currency, minor) => {
          const small = projectPlan({ goal, countries: ['DE'], dailyBudget: money(minor, currency) });
          const large = projectPlan({ goal, countries: ['DE'], dailyBudget: money(minor * 4, currency) });
          for (const range of [small.reach, small.clicks, ...(small.results ? [small.results] : [])])
            expect(range.low).toBeLessThanOrEqual(range.high);
          expect(large.clicks.high).toBeGreaterThanOrEqual(small.clicks.high);
          if (small.clicks.low > 20) expect(small.clicks.high / small.clicks.low).toBeGreaterThan(3);
          expect(small.costPerResult === null).toBe(small.results === null || small.results.low === 0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives no figure for what nobody has published', () => {
    for (const goal of ['TRAFFIC', 'MESSAGES', 'CALLS', 'APP_INSTALLS'] as const) {
      expect(projectPlan({ goal, countries: ['PT'], dailyBudget: money(1000, 'EUR') }).results).toBeNull();
    }
  });

  it('says no cost where there may be no result at all', () => {
    const tiny = projectPlan({ goal: 'SALES', countries: ['PT'], dailyBudget: money(300, 'EUR') });
    expect(tiny.results!.low).toBe(0);
    expect(tiny.costPerResult).toBeNull();
  });

  it('treats yen as yen', () => {
    const euros = projectPlan({ ...lisbon, dailyBudget: money(1000, 'EUR') });
    const yen = projectPlan({ ...lisbon, dailyBudget: money(1700, 'JPY') });
    expect(yen.clicks.high / euros.clicks.high).toBeGreaterThan(0.7);
    expect(yen.clicks.high / euros.clicks.high).toBeLessThan(1.4);
  });

  it('speaks from its own history after 14 days, and then more narrowly; not after 13', () => {
    const days = Array.from({ length: 28 }, (_, index) => row(index + 1));
    const before = projectPlan({ ...lisbon, dailyBudget: money(1000, 'EUR'), history: days.slice(0, 13) });
    const after = projectPlan({ ...lisbon, dailyBudget: money(1000, 'EUR'), history: days });
    expect(before.basis).toEqual({ kind: 'similar-shops' });
    expect(after.basis).toEqual({ kind: 'own-history', days: 28 });
    expect(after.results!.high / Math.max(1, after.results!.low)).toBeLessThan(
      before.results!.high / Math.max(1, before.results!.low),
    );
    expect(after.results!.low).toBeLessThan(60);
    expect(after.results!.high).toBeGreaterThan(60);
  });

  it('leaves results out when the account never tracked any', () => {
    const days = Array.from({ length: 20 }, (_, index) => row(index + 1, null));
    expect(projectPlan({ ...lisbon, dailyBudget: money(1000, 'EUR'), history: days }).results).toBeNull();
  });
});

describe('rangeForDays', () => {
  it('is the range itself for the same stretch and never narrower in proportion for a shorter one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 200 }), (low, width) => {
        const range = { low, high: low + width };
        const same = rangeForDays(range, 30, 30);
        // A range narrower than pure chance cannot be: it is widened to that.
        expect(same.low).toBeLessThanOrEqual(range.low);
        expect(same.high).toBeGreaterThanOrEqual(range.high);
        const week = rangeForDays(range, 30, 7);
        expect(week.low).toBeLessThanOrEqual((range.low * 7) / 30 + 1);
        expect(week.high).toBeGreaterThanOrEqual((range.high * 7) / 30 - 1);
      }),
    );
  });
});
