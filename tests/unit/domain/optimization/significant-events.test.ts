import { describe, expect, it } from 'vitest';
import { significantEvents } from '../../../../lib/domain/optimization/events/significant-events';
import type { CampaignDay, SignificantEventsInput } from '../../../../lib/domain/optimization/events/types';
import { randomFrom } from '../../../../lib/domain/statistics/random';
import { addDays } from '../../../../lib/domain/time';
import { runShop } from '../shop';

const TODAY = '2026-10-21';
const LAUNCH = '2026-09-01';

function days(count: number, at: (age: number) => Partial<CampaignDay> = () => ({}), seed = 3): CampaignDay[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => {
    const age = count - index;
    const impressions = 4000;
    const clicks = random.poisson(48);
    return {
      day: addDays(TODAY, -age),
      spendMinor: 5000,
      impressions,
      clicks,
      results: random.poisson(2),
      valueMinor: 10_000,
      ...at(age),
    };
  });
}

const ORDINARY = days(50);

function input(more: Partial<SignificantEventsInput> = {}): SignificantEventsInput {
  return {
    campaignKey: 'c1',
    today: TODAY,
    launchDay: LAUNCH,
    on: true,
    days: ORDINARY,
    breakEvenReturn: null,
    dailyBudgetMinor: 5000,
    remainingMinor: null,
    pacing: null,
    evidence: null,
    refusedAds: [],
    troubles: [],
    said: ['c1:seven_days:2026-09-01'],
    ...more,
  };
}
const kinds = (more: Partial<SignificantEventsInput>) => significantEvents(input(more)).map(({ kind }) => kind);
const pastDays = Array.from({ length: 14 }, () => [200, 500, 1000, 1200, 1300, 800]);

describe('significantEvents', () => {
  it('says nothing of an ordinary campaign', () => {
    expect(significantEvents(input({ breakEvenReturn: 1.5 }))).toEqual([]);
  });

  it('speaks of a click rate below its own in at most 1 of 100 ordinary campaigns at any of 20 looks', () => {
    let spoke = 0;
    for (let seed = 1; seed <= 100; seed += 1) {
      const all = days(60, undefined, seed);
      const heard = Array.from({ length: 20 }, (_, back) =>
        kinds({ today: addDays(TODAY, -back), days: all.slice(0, 60 - back) }),
      );
      if (heard.some((one) => one.includes('click_rate_below_own'))) spoke += 1;
    }
    expect(spoke).toBeLessThanOrEqual(1);
  });

  it('each occurrence has one key at every look and is not said again once said', () => {
    const first = significantEvents(input({ said: [], refusedAds: ['ad-1'] }));
    expect(first.map(({ kind }) => kind)).toEqual(['seven_days', 'review_refused']);
    const next = significantEvents(
      input({ today: addDays(TODAY, 1), said: first.map(({ key }) => key), refusedAds: ['ad-1'] }),
    );
    expect(next).toEqual([]);
  });

  it('judges the return on mature days only, against break-even, and only with ten results', () => {
    const poor = (age: number) => (age >= 7 ? { valueMinor: 4000 } : {});
    expect(kinds({ days: days(50, poor), breakEvenReturn: 1.5 })).toEqual(['return_below_break_even']);
    // Young days always look poor: they must not speak.
    expect(kinds({ days: days(50, (age) => (age < 7 ? { valueMinor: 0 } : {})), breakEvenReturn: 1.5 })).toEqual([]);
    expect(kinds({ days: days(50, () => ({ valueMinor: 4000, results: 0 })), breakEvenReturn: 1.5 })).toEqual([]);
    expect(kinds({ days: days(50, poor), breakEvenReturn: null })).toEqual([]);
  });

  it('notices that the click rate fell to half of its own', () => {
    expect(kinds({ days: days(50, (age) => (age <= 7 ? { clicks: 24 } : {})) })).toEqual(['click_rate_below_own']);
  });

  it('"80 % by midday" counts against the account’s own hours and not where it is always so', () => {
    expect(kinds({ pacing: { past: pastDays, today: [1200, 1500, 1500] } })).toEqual(['spending_fast']);
    expect(kinds({ pacing: { past: pastDays, today: [300, 500, 1000] } })).toEqual([]);
    const morning = Array.from({ length: 14 }, () => [2000, 1500, 1000, 200, 200, 100]);
    expect(kinds({ pacing: { past: morning, today: [2000, 1500, 1000] } })).toEqual([]);
    expect(kinds({ pacing: { past: pastDays, today: [50, 100, 150, 200] } })).toEqual(['spending_slow']);
  });

  it('names an ad that is far ahead by its shrunken worth, once, and no ad of equal ones', () => {
    const winner = { ctr: 0.03, cvr: 0.07 };
    const plain = { ctr: 0.008, cvr: 0.07 };
    const run = (adSets: (typeof plain)[][]) =>
      runShop({ adSets, dailyMinor: 10_000, days: 14, seed: 5, evidence: { alarm: true } }).evidence;
    const ahead = significantEvents(input({ evidence: run([[winner, plain, plain]]) }));
    expect(ahead.map(({ subject }) => subject)).toEqual(['ad-1-1']);
    expect(kinds({ evidence: run([[plain, plain, plain]]) })).toEqual([]);
  });

  it('counts the days the ceiling still pays for, not on the month’s last days', () => {
    expect(kinds({ remainingMinor: 9000 })).toEqual(['budget_low']);
    expect(
      kinds({
        remainingMinor: 9000,
        today: '2026-10-31',
        days: days(50, (age) => ({ day: addDays('2026-10-31', -age) })),
      }),
    ).toEqual([]);
  });

  it('two silent days are a stop; a campaign that is off is not spoken of', () => {
    const silent = days(50, (age) => (age <= 2 ? { impressions: 0, clicks: 0, spendMinor: 0 } : {}));
    expect(kinds({ days: silent })).toEqual(['delivery_stopped']);
    expect(kinds({ days: silent, on: false })).toEqual([]);
  });

  it('tells of lost counting once and keeps quiet about a mere suspicion', () => {
    const trouble = { since: 300, confidence: 0.99, releasedWhen: 'views_and_results_return' } as const;
    expect(kinds({ troubles: [{ ...trouble, kind: 'tracking_lost', answer: 'freeze' }] })).toEqual(['tracking_lost']);
    expect(kinds({ troubles: [{ ...trouble, kind: 'checkout_broken', answer: 'freeze' }] })).toEqual([]);
  });
});
