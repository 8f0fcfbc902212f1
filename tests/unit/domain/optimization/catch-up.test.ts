import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CatchUp, catchUp, type Held } from '../../../../lib/domain/optimization/optimizer/catch-up';
import type { FactDay } from '../../../../lib/domain/optimization/optimizer/feed';

const AD_SET = { key: 's', dailyBudgetMinor: 6000, on: true, learning: false, stock: 0 };
const AD_KEYS = ['good', 'bad', 'fair'];

/** How an ad's day stands after so many of its hours: the bad one is clicked a tenth as often. */
function factAt(adKey: string, day: number, hours: number): FactDay {
  const share = Math.min(24, Math.max(0, hours)) / 24;
  const clicks = Math.round((adKey === 'bad' ? 4 : 40) * share);
  const impressions = Math.round(2000 * share);
  const spendMinor = Math.round(2000 * share);
  const results = Math.floor(clicks / 10);
  return { adKey, day, impressions, clicks, spendMinor, landingPageViews: null, results, valueMinor: 0 };
}

/** One look at an hour since the first midnight. */
function look(hour: number, held: Held | null, more: Partial<CatchUp> = {}) {
  const days = Array.from({ length: Math.floor(hour / 24) + 1 }, (_, day) => day);
  return catchUp({
    held,
    today: Math.floor(hour / 24),
    tick: Math.floor((hour - 2) / 4),
    facts: days.flatMap((day) => AD_KEYS.map((key) => factAt(key, day, hour - day * 24))),
    adSets: [AD_SET],
    ads: AD_KEYS.map((key) => ({ key, adSetKey: 's', on: true, creative: key })),
    spoiled: [],
    frozen: false,
    options: { seed: 1, margin: null, mayLowerTotal: false },
    ...more,
  });
}

function lookedAt(hours: readonly number[]) {
  let held: Held | null = null;
  const said: { hour: number; kinds: string[] | null }[] = [];
  for (const hour of hours) {
    const after = look(hour, held);
    held = after.held && (JSON.parse(JSON.stringify(after.held)) as Held);
    said.push({ hour, kinds: after.decisions?.map(({ action }) => action.kind) ?? null });
  }
  return { held, said };
}
const every = (step: number, until: number) =>
  Array.from({ length: Math.floor(until / step) }, (_, at) => (at + 1) * step);

describe('catchUp', () => {
  it('decides once on each account day, at its first look', () => {
    const { said } = lookedAt(every(4, 24 * 9));
    for (const { hour, kinds } of said) expect([hour, kinds !== null]).toEqual([hour, hour >= 24 && hour % 24 === 0]);
  });

  it('comes to the same pause whether it looked every four hours or for the first time today', () => {
    const looked = lookedAt(every(4, 24 * 9)).said.flatMap(({ kinds }) => kinds ?? []);
    expect(looked).toContain('pause_ad');
    expect(lookedAt([24 * 9 + 5]).said[0]?.kinds).toEqual(['pause_ad']);
  });

  it('acts on no day that was missed, and remembers no pause nobody made', () => {
    const { said, held } = lookedAt([5, 24 * 9 + 5]);
    expect(said.map(({ kinds }) => kinds?.length ?? 0)).toEqual([0, 1]);
    expect(held?.engine.ads.filter((ad) => ad.pausedOn !== null).map((ad) => [ad.key, ad.pausedOn])).toEqual([
      ['bad', 8],
    ]);
  });

  it('decides nothing while an alarm is open', () => {
    expect(look(24 * 9, null, { frozen: true }).decisions).toEqual([]);
  });

  it('whenever it looked, missed and looked again, each day holds what the platform says of it now', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 3, maxLength: 40 }),
        fc.integer({ min: -3, max: 3 }),
        (gaps, restated) => {
          let hour = 0;
          let held: Held | null = null;
          for (const gap of gaps) {
            hour += gap;
            held = look(hour, held).held;
          }
          // The next day's first look finds yesterday restated.
          const next = (Math.floor(hour / 24) + 1) * 24 + 5;
          const facts = Array.from({ length: next / 24 + 1 }, (_, day) => day).flatMap((day) =>
            AD_KEYS.map((key) => {
              const fact = factAt(key, day, next - day * 24);
              return { ...fact, clicks: Math.max(0, fact.clicks + (day === Math.floor(hour / 24) ? restated : 0)) };
            }),
          );
          held = look(next, held, { facts }).held;
          const today = Math.floor(next / 24);
          for (const ad of held?.engine.ads ?? [])
            for (const one of ad.days.filter(({ day }) => day > today - 8)) {
              const fact = facts.find(({ adKey, day }) => adKey === ad.key && day === one.day);
              expect([ad.key, one.day, one.impressions, one.clicks, one.spendMinor]).toEqual([
                ad.key,
                one.day,
                fact?.impressions,
                fact?.clicks,
                fact?.spendMinor,
              ]);
            }
        },
      ),
      { numRuns: 25 },
    );
  });
});
