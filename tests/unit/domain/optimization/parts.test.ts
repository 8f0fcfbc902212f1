import { describe, expect, it } from 'vitest';
import { planHoldout } from '../../../../lib/domain/optimization/experiments/plan-holdout';
import { moreDays, planTest } from '../../../../lib/domain/optimization/experiments/plan-test';
import { PRESETS, presetActions } from '../../../../lib/domain/optimization/presets';
import { bestShareOfSpend, type ScoredInput, scoreAds } from '../../../../lib/domain/optimization/score-ads';
import { findAnomalies } from '../../../../lib/domain/statistics/anomaly';
import { forecast } from '../../../../lib/domain/statistics/forecast';
import { headingFor, pacingCurve } from '../../../../lib/domain/statistics/pacing-curve';
import { randomFrom } from '../../../../lib/domain/statistics/random';

describe('planTest', () => {
  const plan = (more: object) =>
    planTest({ arms: 2, baseRate: 0.03, exposurePerDay: 1000, wantedLift: 0.2, maxDays: 60, ...more });

  it('knows the published size, 13,914 clicks per arm for 20 % on 3 %, and adds up to a fifth for looking early', () => {
    const { exposurePerArm, days } = plan({});
    expect(exposurePerArm / 13_914).toBeGreaterThan(1.1);
    expect(exposurePerArm / 13_914).toBeLessThan(1.2);
    expect(days).toBe(Math.ceil((2 * exposurePerArm) / 1000));
    expect(moreDays(plan({}), exposurePerArm - 4500, 500)).toBe(9);
  });

  it('refuses what cannot be seen in time, and says what could be', () => {
    const small = plan({ exposurePerDay: 100 });
    expect(small.refused).toBe('too_small_to_see');
    expect(small.detectableLift!).toBeGreaterThan(0.2);
    expect(plan({ exposurePerDay: 100, wantedLift: small.detectableLift! * 1.01 }).refused).toBeNull();
    expect(plan({ baseRate: 0 }).refused).toBe('nothing_comes_in');
    expect(plan({ arms: 1 }).refused).toBe('needs_two_arms');
  });
});

describe('planHoldout', () => {
  const weeks = (mean: number, count: number, seed: number) => {
    const random = randomFrom(seed);
    return Array.from({ length: count }, () => random.poisson(mean));
  };
  it('plans a test for a shop whose ads matter and refuses one that could see nothing', () => {
    const big = planHoldout({ weeklySales: weeks(400, 20, 1), adShare: 0.4, maxWeeks: 8, regions: [], seed: 3 });
    expect('plan' in big && big.plan.kind).toBe('weeks');
    if ('plan' in big) expect(big.plan.on.filter(Boolean)).toHaveLength(big.plan.weeks / 2);
    const small = planHoldout({ weeklySales: weeks(6, 20, 2), adShare: 0.2, maxWeeks: 6, regions: [], seed: 3 });
    expect(small).toMatchObject({ refused: 'too_small_to_see' });
    expect(planHoldout({ weeklySales: [3, 4], adShare: 0.5, maxWeeks: 6, regions: [], seed: 3 })).toMatchObject({
      refused: 'too_few_weeks',
    });
  });

  it('what it says it could see is seen in about 80 per cent of such tests', () => {
    const random = randomFrom(9);
    let seen = 0;
    const runs = 300;
    for (let run = 0; run < runs; run += 1) {
      const weeklySales = Array.from({ length: 30 }, () => random.poisson(200));
      const answer = planHoldout({ weeklySales, adShare: 0.9, maxWeeks: 8, regions: [], seed: run });
      if (!('plan' in answer)) continue;
      const { on, detectableShare } = answer.plan;
      // Carry-over blurs the comparison by a fifth, as the plan allows for.
      const sales = on.map((is) => random.poisson(200 * (is ? 1 : 1 - 0.8 * detectableShare)));
      const pairs = Array.from({ length: on.length / 2 }, (_, pair) => {
        const [a, b] = [sales[2 * pair]!, sales[2 * pair + 1]!];
        return on[2 * pair] ? Math.log(a / b) : Math.log(b / a);
      });
      const mean = pairs.reduce((a, b) => a + b, 0) / pairs.length;
      if (mean / (Math.sqrt(2 / 200) / Math.sqrt(pairs.length)) > 1.645) seen += 1;
    }
    expect(seen / runs).toBeGreaterThan(0.7);
    expect(seen / runs).toBeLessThan(0.95);
  });
});

describe('scoreAds', () => {
  /** Ads whose sales follow their audience; clicks lead astray. The second half of each ad's money is the judge. */
  function market(seed: number) {
    const random = randomFrom(seed);
    const ages = [0.5, 0.8, 1, 1.5, 2.2];
    return Array.from({ length: 300 }, (_, index) => {
      const age = Math.floor(random.uniform() * ages.length);
      const own = Math.exp(0.3 * random.normal());
      const spend = 50 * Math.exp(0.9 * random.normal());
      const clickRate = (0.0012 * Math.exp(0.3 * random.normal())) / (ages[age] ?? 1);
      const half = () => {
        const impressions = Math.round((spend / 5) * 1000);
        const clicks = random.poisson(impressions * clickRate);
        const sales = random.poisson(spend * 0.012 * (ages[age] ?? 1) * own);
        return { impressions, clicks, sales };
      };
      const [seen, later] = [half(), half()];
      const ad: ScoredInput = {
        key: `ad${index}`,
        spend,
        steps: [seen.impressions, seen.clicks, seen.sales],
        traits: { age: String(age) },
      };
      return { ad, later, clickRate: seen.clicks / seen.impressions };
    });
  }
  const worthOf = (ads: ReturnType<typeof market>, keys: readonly string[]) => {
    const chosen = ads.filter(({ ad }) => keys.includes(ad.key));
    const rate = (list: typeof ads) =>
      list.reduce((sum, { later }) => sum + later.sales, 0) / list.reduce((sum, { ad }) => sum + ad.spend, 0);
    return rate(chosen) / rate(ads);
  };

  it('the best 30 % of spend by score sells clearly more than the average and than the best by clicks or by raw sales', () => {
    let [scored, byClicks, raw] = [0, 0, 0];
    for (let seed = 1; seed <= 8; seed += 1) {
      const ads = market(seed);
      const take = (order: (one: (typeof ads)[number]) => number) => {
        const limit = 0.3 * ads.reduce((sum, { ad }) => sum + ad.spend, 0);
        let spent = 0;
        return [...ads]
          .sort((a, b) => order(b) - order(a))
          .flatMap(({ ad }) => {
            if (spent >= limit) return [];
            spent += ad.spend;
            return [ad.key];
          });
      };
      scored += worthOf(ads, bestShareOfSpend(ads.map(({ ad }) => ad))) / 8;
      byClicks +=
        worthOf(
          ads,
          take(({ clickRate }) => clickRate),
        ) / 8;
      raw +=
        worthOf(
          ads,
          take(({ ad }) => (ad.steps[2] ?? 0) / ad.spend),
        ) / 8;
    }
    expect(scored).toBeGreaterThan(1.5);
    expect(scored).toBeGreaterThan(raw);
    expect(byClicks).toBeLessThan(1);
  });

  it('an ad with one lucky sale stays near the others, and nothing comes of nothing', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ key: `a${index}`, spend: 100, steps: [20_000, 240, 6] }));
    const scores = scoreAds([...many, { key: 'lucky', spend: 3, steps: [600, 7, 1] }]);
    expect(scores.at(-1)!.relative).toBeLessThan(1.4);
    expect(scores.at(-1)!.ownWeight).toBeLessThan(0.2);
    expect(scoreAds([])).toEqual([]);
  });
});

describe('findAnomalies', () => {
  it('finds most windows in which hourly prices are half as high again, with at most one false alarm in 30 days', () => {
    let [found, windows, falseAlarms, days] = [0, 0, 0, 0];
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = randomFrom(seed);
      const starts = [700, 1000, 1300];
      const series = Array.from({ length: 1440 }, (_, hour) => {
        const spike = starts.some((start) => hour >= start && hour < start + 12) ? 1.8 : 1;
        return 0.1 * spike * Math.exp(0.1 * random.normal() + 0.05 * Math.sin(hour / 3.8));
      });
      const anomalies = findAnomalies(series);
      const within = (at: number, start: number) => at >= start && at < start + 12;
      windows += starts.length;
      found += starts.filter((start) => anomalies.some(({ at }) => within(at, start))).length;
      falseAlarms += anomalies.filter(({ at }) => !starts.some((start) => within(at, start))).length;
      days += 60;
    }
    expect(found / windows).toBeGreaterThan(0.8);
    expect((30 * falseAlarms) / days).toBeLessThanOrEqual(1);
  });

  it('reports a lasting change once and skips what is absent', () => {
    const series = Array.from({ length: 300 }, (_, hour) => (hour < 200 ? 1 + 0.01 * (hour % 3) : 3));
    expect(findAnomalies(series).map(({ at, direction }) => [at, direction])).toEqual([[200, 'up']]);
    expect(findAnomalies(series.map((value, hour) => (hour >= 200 ? null : value)))).toEqual([]);
  });
});

describe('forecast', () => {
  const weekday = [1.05, 1.08, 1.05, 1, 0.95, 0.9, 0.97];
  function series(seed: number, days: number, mean: number): number[] {
    const random = randomFrom(seed);
    let drift = 0;
    return Array.from({ length: days }, (_, day) => {
      drift += 0.02 * random.normal();
      return random.poisson(mean * (weekday[day % 7] ?? 1) * Math.exp(drift + 0.08 * random.normal()));
    });
  }

  it.each([3, 12, 60])(
    'at about %i results a day the interval holds the next week in 74 to 90 per cent of cases',
    (mean) => {
      const runs = 400;
      let held = 0;
      for (let seed = 1; seed <= runs; seed += 1) {
        const all = series(seed, 49, mean);
        const made = forecast({ values: all.slice(0, 42), firstWeekday: 0, horizon: 7, counts: true });
        if ('refused' in made) continue;
        const truth = all.slice(42).reduce((a, b) => a + b, 0);
        if (truth >= Math.floor(made.low) && truth <= Math.ceil(made.high)) held += 1;
      }
      expect(held / runs).toBeGreaterThan(0.74);
      expect(held / runs).toBeLessThan(0.9);
    },
  );

  it('refuses under 14 mature days and where nothing happened; shows its own past errors', () => {
    const ask = (values: number[]) => forecast({ values, firstWeekday: 0, horizon: 7, counts: true });
    expect(ask(series(1, 13, 10))).toEqual({ refused: 'under_14_days' });
    expect(ask(Array(20).fill(0))).toEqual({ refused: 'nothing_happened' });
    const made = ask(series(1, 56, 10));
    expect('backtest' in made && made.backtest.checked).toBe(36);
    expect('backtest' in made && made.backtest.covered!).toBeGreaterThan(0.5);
  });
});

describe('pacingCurve', () => {
  const day = [100, 200, 400, 200, 100, 0];
  it('says where the day is heading by the account’s own hours, and nothing under seven days', () => {
    const curve = pacingCurve(Array.from({ length: 8 }, () => day))!;
    expect(curve.usual[2]).toBeCloseTo(0.7);
    expect(headingFor(curve, 2, 1400)).toBeCloseTo(2000);
    expect(pacingCurve(Array.from({ length: 6 }, () => day))).toBeNull();
  });
});

describe('presetActions', () => {
  const input = {
    adSets: ['s1', 's2'].map((key) => ({ key, dailyBudgetMinor: 1000, on: true, learning: false, stock: 1 })),
    ads: ['a1', 'a2', 'b1'].map((key) => ({
      key,
      adSetKey: key.startsWith('a') ? 's1' : 's2',
      on: true,
      creative: key,
      frequency: key === 'a1' ? 3.2 : 1,
    })),
  };
  const sums = {
    ads: new Map(['a1', 'a2', 'b1'].map((key) => [key, { impressions: 2000, clicks: key === 'a2' ? 5 : 2 }])),
    lastDay: new Map([
      ['s1', { spendMinor: 1000, valueMinor: 500 }],
      ['s2', { spendMinor: 1000, valueMinor: 900 }],
    ]),
  };
  it('does what the documents say, one preset at a time, and never pauses the last ad', () => {
    const said = (id: Parameters<typeof presetActions>[0][number]) =>
      presetActions([id], input, sums).map(({ action }) => action);
    expect(said('pause_low_click_rate')).toEqual([{ kind: 'pause_ad', adKey: 'a1' }]);
    expect(said('shift_every_four_hours')).toEqual([
      { kind: 'set_budget', adSetKey: 's1', dailyBudgetMinor: 800 },
      { kind: 'set_budget', adSetKey: 's2', dailyBudgetMinor: 1200 },
    ]);
    expect(said('rotate_at_frequency_three')).toEqual([{ kind: 'replace_creative', adKey: 'a1' }]);
    expect(presetActions([], input, sums)).toEqual([]);
  });

  it('each is shown with a cost measured on 50 markets or more', () => {
    for (const { measured } of PRESETS) {
      expect(measured.markets).toBeGreaterThanOrEqual(50);
      expect(measured.low).toBeLessThanOrEqual(measured.upliftPercent);
      expect(measured.high).toBeGreaterThanOrEqual(measured.upliftPercent);
    }
  });
});
