import { describe, expect, it } from 'vitest';
import { planHoldout } from '@/lib/domain/optimization/experiments/plan-holdout';
import { forecastSentence } from '@/lib/words/en/forecast';
import { holdoutSentence } from '@/lib/words/en/holdout';

const range = (low: number, likely: number, high: number) => ({ low, likely, high });

describe('what is said of the days ahead', () => {
  const base = { days: 7, currency: 'EUR', goal: 'LEADS' as const, spend: range(6200, 7000, 7900) };

  it('names the range and how earlier ones held, never one number alone', () => {
    const said = forecastSentence(
      { ...base, clicks: range(90, 120, 150), results: range(11.6, 15, 18.2), backtest: { checked: 10, covered: 0.8 } },
      'en',
    );
    expect(said).toContain('€70');
    expect(said).toMatch(/11\D+19 /);
    expect(said).toContain('Eight times out of ten');
    expect(said).toContain('of 10 earlier weeks judged the same way, 8 were inside');
  });

  it('speaks of clicks where customers are not counted, and leaves an unchecked past out', () => {
    const said = forecastSentence(
      { ...base, clicks: range(90, 120, 150), results: null, backtest: { checked: 2, covered: null } },
      'en',
    );
    expect(said).toMatch(/90\D+150 clicks/);
    expect(said).not.toContain('I checked');
  });

  it('too early: says how many days it still takes', () => {
    expect(forecastSentence({ refused: 'under_14_days', daysSoFar: 6, moreDays: 8 }, 'en')).toContain(
      'about 8 days more',
    );
  });
});

describe('what is said of a test with and without ads', () => {
  const steady = [100, 103, 98, 101, 99, 102, 100, 97, 101, 100, 99, 102];

  it('what it could see, in which order it runs and what it costs', () => {
    const answer = planHoldout({ weeklySales: steady, adShare: 0.3, maxWeeks: 8, regions: [], seed: 3 });
    const said = holdoutSentence(answer, { believed: 30, locale: 'en' });
    expect(said).toMatch(/For 8 weeks .*(on, off|off, on)/);
    expect(said).toContain('1.2 weeks');
    expect(said).toContain('Nothing is switched off unless you say so');
  });

  it('too wild to see anything: it is refused with what could be seen', () => {
    const wild = [20, 180, 35, 160, 10, 220, 40, 150, 15];
    const said = holdoutSentence(planHoldout({ weeklySales: wild, adShare: 0.1, maxWeeks: 8, regions: [], seed: 3 }), {
      believed: 10,
      locale: 'en',
    });
    expect(said).toContain('would not stand out');
    expect(said).toMatch(/at least \d+%/);
  });

  it('too few weeks: asks for more', () => {
    const answer = planHoldout({ weeklySales: [5, 6], adShare: 0.1, maxWeeks: 8, regions: [], seed: 3 });
    expect(holdoutSentence(answer, { believed: 10, locale: 'en' })).toContain('at least 8 whole weeks');
  });
});
