import { describe, expect, it } from 'vitest';
import { hopelessAd, judgeGroup, worstAd } from '../../../../lib/domain/optimization/optimizer/judge-ads';
import { emptyMemory, exclude, remember, restate } from '../../../../lib/domain/optimization/optimizer/memory';
import { freshSums, tiredAd } from '../../../../lib/domain/optimization/optimizer/rotate';
import { alikeBelief, setNumbers } from '../../../../lib/domain/optimization/optimizer/set-beliefs';
import type { TickInput } from '../../../../lib/domain/optimization/optimizer/types';

type AdTick = { impressions?: number; clicks: number; results?: number; creative?: string };

/** Plays ticks of one ad set; `ads` says what each ad did in a tick. */
function played(ticks: number, ads: (tick: number) => Record<string, AdTick>) {
  const memory = emptyMemory();
  let input: TickInput | null = null;
  for (let tick = 0; tick < ticks; tick += 1) {
    const said = Object.entries(ads(tick));
    input = {
      tick,
      completeThrough: tick,
      siteAnswers: true,
      adSets: [{ key: 's', dailyBudgetMinor: 6000, on: true, learning: false, stock: 1 }],
      ads: said.map(([key, one]) => ({ key, adSetKey: 's', on: true, creative: one.creative ?? key })),
      rows: said.map(([adKey, one]) => ({
        tick,
        adKey,
        impressions: one.impressions ?? 1000,
        clicks: one.clicks,
        spendMinor: 1000,
        landingPageViews: one.clicks,
        results: one.results ?? 0,
        valueMinor: 3000 * (one.results ?? 0),
      })),
    };
    remember(memory, input);
  }
  if (input) restate(memory, input);
  return { memory, today: Math.floor((ticks - 1) / 6), all: [...memory.ads.values()] };
}

describe('memory', () => {
  it('a row told twice counts once', () => {
    const { memory } = played(6, () => ({ a: { clicks: 10 } }));
    const again = {
      tick: 5,
      adKey: 'a',
      impressions: 1000,
      clicks: 10,
      spendMinor: 1000,
      landingPageViews: 10,
      results: 0,
      valueMinor: 0,
    };
    remember(memory, { tick: 6, completeThrough: 6, siteAnswers: true, adSets: [], ads: [], rows: [again] });
    expect(memory.ads.get('a')!.days[0]!.clicks).toBe(60);
  });

  it('a row told again with other numbers takes the place of the one before, upwards and downwards', () => {
    const { memory } = played(6, () => ({ a: { clicks: 10, results: 1 } }));
    const again = (clicks: number, results: number) => ({
      tick: 5,
      adKey: 'a',
      impressions: 1000,
      clicks,
      spendMinor: 900,
      landingPageViews: null,
      results,
      valueMinor: 3000 * results,
    });
    const rows = [again(14, 3), again(7, 0)];
    remember(memory, { tick: 6, completeThrough: 6, siteAnswers: true, adSets: [], ads: [], rows });
    expect(memory.ads.get('a')!.days[0]).toMatchObject({
      clicks: 57,
      results: 5,
      spendMinor: 5900,
      valueMinor: 15_000,
    });
    expect(memory.ticks[5]).toMatchObject({ clicks: 7, results: 0 });
    expect(memory.value).toEqual({ results: 5, valueMinor: 15_000 });
  });

  it('results per click rest on the clicks the restated sums name, be rows lost or sums late', () => {
    const perClick = (named: (tick: number) => number) => {
      const { memory } = played(72, () => ({ a: { clicks: 10 } }));
      const restated = (from: number, to: number) => {
        let clicks = 0;
        for (let tick = from; tick <= to; tick += 1) clicks += named(tick);
        return [{ adKey: 'a', clicks, results: 0.05 * clicks, valueMinor: 0 }];
      };
      restate(memory, { tick: 71, completeThrough: 71, siteAnswers: true, adSets: [], ads: [], rows: [], restated });
      return memory.ads.get('a')!.days.map((day) => (day!.counted > 0 ? day!.results / day!.counted : null));
    };
    const usual = perClick(() => 10);
    // Twice as many clicks were there as the rows told of: as many results per click.
    for (const [day, one] of perClick(() => 20).entries()) if (day >= 4) expect(one).toBeCloseTo(usual[day]!, 9);
    // The newest day is not restated yet: no evidence, not a day without results.
    expect(perClick((tick) => (tick >= 66 ? 0 : 10))[11]).toBeNull();
    // Sums that name no clicks at all are held against those of the rows.
    expect(perClick(() => 0)[11]).toBe(0);
  });

  it('clicks count as far as they can have reported: young ones in part, old ones wholly', () => {
    const { memory } = played(72, () => ({ a: { clicks: 10 } }));
    const days = memory.ads.get('a')!.days;
    const share = (day: number) => days[day]!.counted / days[day]!.clicks;
    expect(share(11)).toBeGreaterThan(0.35);
    expect(share(11)).toBeLessThan(0.7);
    expect(share(9)).toBeGreaterThan(share(11));
    expect(share(4)).toBeGreaterThan(0.97);
  });

  it('clicks of ticks that are no evidence do not count, nor the part whose reports were lost', () => {
    const { memory } = played(36, () => ({ a: { clicks: 10 } }));
    const before = memory.ads.get('a')!.days[3]!.counted;
    exclude(memory, 24, 29, true);
    restate(memory, { tick: 35, completeThrough: 35, siteAnswers: true, adSets: [], ads: [], rows: [] });
    const days = memory.ads.get('a')!.days;
    expect(days[4]!.counted).toBe(0);
    expect(days[3]!.counted).toBeLessThan(0.95 * before);
    expect(days[3]!.counted).toBeGreaterThan(0.4 * before);
  });
});

describe('judging ads', () => {
  it('names the ad with a third of the clicks and spares equal ones', () => {
    const bad = played(60, () => ({ a: { clicks: 12 }, b: { clicks: 4 }, c: { clicks: 12 } }));
    expect(worstAd(judgeGroup(bad.all, { perClick: null }, bad.today), () => true)?.one.ad.key).toBe('b');
    const equal = played(60, () => ({ a: { clicks: 12 }, b: { clicks: 11 }, c: { clicks: 12 } }));
    expect(worstAd(judgeGroup(equal.all, { perClick: null }, equal.today), () => true)).toBeNull();
  });

  it('before the first result an ad with half the clicks may still sell as much: only many unsold clicks decide alone', () => {
    const half = played(18, () => ({ a: { clicks: 12 }, b: { clicks: 6 }, c: { clicks: 12 } }));
    const chanceOf = (waits: boolean) => {
      const judged = judgeGroup(half.all, { perClick: null, waits }, half.today);
      return worstAd(judged, () => true)?.one.ad.key ?? null;
    };
    expect([chanceOf(false), chanceOf(true)]).toEqual(['b', null]);
  });

  it('never judges an ad by clicks alone where its sales make up for them', () => {
    const { all, today } = played(60, (tick) => ({
      a: { clicks: 12, results: tick % 6 === 0 ? 1 : 0 },
      b: { clicks: 7, results: tick % 2 === 0 ? 2 : 1 },
    }));
    const judged = judgeGroup(all, { perClick: 0.06 }, today);
    expect(worstAd(judged, () => true)?.one.ad.key).not.toBe('b');
  });

  it('a loss without a single sale speaks only where the ad also looks worse than its group', () => {
    const { all, today } = played(60, (tick) => ({
      a: { clicks: 12, results: tick % 3 === 0 ? 1 : 0 },
      b: { clicks: 6 },
    }));
    const judged = judgeGroup(all, { perClick: 0.02 }, today);
    expect(hopelessAd(judged, 1000, () => true)?.one.ad.key).toBe('b');
    expect(hopelessAd(judged, null, () => true)).toBeNull();
    expect(hopelessAd(judged, 100_000, () => true)).toBeNull();
  });
});

describe('rotation', () => {
  it('names a creative whose clicks fell to half of what they were when fresh, and no steady one', () => {
    const tired = played(120, (tick) => ({ a: { clicks: tick < 60 ? 12 : 5 }, b: { clicks: 12 } }));
    const judged = judgeGroup(tired.all, { perClick: null }, tired.today);
    expect(tiredAd(judged, freshSums(tired.all), tired.today)?.ad.key).toBe('a');
    const steady = played(120, () => ({ a: { clicks: 12 }, b: { clicks: 11 } }));
    expect(
      tiredAd(judgeGroup(steady.all, { perClick: null }, steady.today), freshSums(steady.all), steady.today),
    ).toBeNull();
  });

  it('a new creative starts fresh: the days of the one before are not held against it', () => {
    const { memory } = played(60, (tick) => ({
      a: { clicks: tick < 30 ? 1 : 12, creative: tick < 30 ? 'old' : 'new' },
    }));
    expect(memory.ads.get('a')).toMatchObject({ since: 5, firsts: [0, 5], creative: 'new' });
  });
});

describe('alikeBelief', () => {
  const set = (clicks: number, results: number) => ({
    ...setNumbers('s', 1000, [], 0),
    clicks,
    spendMinor: 100_000,
    results,
    counted: 800,
  });
  it('is sure of likeness where numbers are alike and gives it up where they are far apart', () => {
    expect(alikeBelief([set(800, 30), set(810, 31), set(790, 29)]).chance).toBeGreaterThan(0.6);
    expect(alikeBelief([set(800, 60), set(800, 12), set(800, 30)]).chance).toBeLessThan(0.02);
    expect(alikeBelief([set(800, 30)]).chance).toBe(0);
  });
});
