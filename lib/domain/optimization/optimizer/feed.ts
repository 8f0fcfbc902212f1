import { RESTATED_DAYS, TICKS_PER_DAY } from './memory';
import type { StoredState } from './step';
import type { RestatedRow, TickInput, TickRow } from './types';

/** One ad's account day as the platform reports it now. `day`: account days since the first one. */
export type FactDay = {
  adKey: string;
  day: number;
  impressions: number;
  clicks: number;
  spendMinor: number;
  landingPageViews: number | null;
  results: number;
  valueMinor: number;
};

/** What was known of an ad's day at the last look: results are told when they arrive, whenever their click was. */
export type SeenDay = Pick<FactDay, 'adKey' | 'day' | 'results' | 'valueMinor'>;

type Rows = Pick<TickInput, 'rows' | 'restated'> & { seen: SeenDay[] };
type Sum = Omit<FactDay, 'adKey' | 'day'>;

const NONE: Sum = { impressions: 0, clicks: 0, spendMinor: 0, landingPageViews: null, results: 0, valueMinor: 0 };

/**
 * Turns days that only grow into what a tick brought: what a day has beyond its ticks so far belongs to this tick (of a day
 * that has ended: to its last one), and every result that is new since the last look arrives in this tick. Days older than
 * the platform restates are left alone.
 * @param tick the tick that has just ended, counted from the first day's midnight
 */
export function feedOf(
  state: Pick<StoredState, 'rows'> | null,
  seenBefore: readonly SeenDay[],
  facts: readonly FactDay[],
  tick: number,
): Rows {
  const today = Math.floor(tick / TICKS_PER_DAY);
  const days = facts.filter(({ day }) => day <= today && day > today - RESTATED_DAYS);
  const told = new Map((state?.rows ?? []).map((row) => [`${row.tick}:${row.adKey}`, row]));
  const rows = new Map<string, TickRow>();
  const add = (adKey: string, at: number, more: Partial<Sum>) => {
    const key = `${at}:${adKey}`;
    const row = rows.get(key) ?? told.get(key) ?? { ...NONE, adKey, tick: at };
    rows.set(key, plus(row, more));
  };
  const results = new Map(seenBefore.map((one) => [`${one.day}:${one.adKey}`, one]));
  const sums = sumsOf(state?.rows ?? []);
  for (const fact of days) {
    const known = sums.get(`${fact.day}:${fact.adKey}`) ?? NONE;
    const at = fact.day === today ? tick : fact.day * TICKS_PER_DAY + TICKS_PER_DAY - 1;
    const views = fact.landingPageViews === null ? null : fact.landingPageViews - (known.landingPageViews ?? 0);
    const more = {
      impressions: fact.impressions - known.impressions,
      clicks: fact.clicks - known.clicks,
      spendMinor: fact.spendMinor - known.spendMinor,
      landingPageViews: views,
    };
    if (more.impressions !== 0 || more.clicks !== 0 || more.spendMinor !== 0 || views) add(fact.adKey, at, more);
    const before = results.get(`${fact.day}:${fact.adKey}`);
    const [came, worth] = [fact.results - (before?.results ?? 0), fact.valueMinor - (before?.valueMinor ?? 0)];
    if (came !== 0 || worth !== 0) add(fact.adKey, tick, { results: came, valueMinor: worth });
  }
  const all = [...told.values()].filter((row) => !rows.has(`${row.tick}:${row.adKey}`)).concat([...rows.values()]);
  return {
    rows: [...rows.values()],
    restated: (from, to) => days.flatMap((fact) => restatedOf(fact, all, from, to) ?? []),
    seen: days.map(({ adKey, day, results: count, valueMinor }) => ({ adKey, day, results: count, valueMinor })),
  };
}

/** A whole past day spread evenly over its six ticks: for days that were never looked at in time. */
export function spreadDay(facts: readonly FactDay[], day: number): TickRow[] {
  return facts
    .filter((fact) => fact.day === day)
    .flatMap((fact) =>
      Array.from({ length: TICKS_PER_DAY }, (_, at): TickRow => {
        const part = (whole: number) =>
          Math.round((whole * (at + 1)) / TICKS_PER_DAY) - Math.round((whole * at) / TICKS_PER_DAY);
        return {
          tick: day * TICKS_PER_DAY + at,
          adKey: fact.adKey,
          impressions: part(fact.impressions),
          clicks: part(fact.clicks),
          spendMinor: part(fact.spendMinor),
          landingPageViews: fact.landingPageViews === null ? null : part(fact.landingPageViews),
          results: part(fact.results),
          valueMinor: part(fact.valueMinor),
        };
      }),
    );
}

/** The platform restates whole days: a part of a day gets the part its clicks are of the day's. */
function restatedOf(fact: FactDay, rows: readonly TickRow[], from: number, to: number): RestatedRow | null {
  const [first, last] = [fact.day * TICKS_PER_DAY, (fact.day + 1) * TICKS_PER_DAY - 1];
  if (last < from || first > to) return null;
  const { adKey, clicks, results, valueMinor } = fact;
  if (from <= first && to >= last) return { adKey, clicks, results, valueMinor };
  const inside = rows
    .filter((row) => row.adKey === adKey && row.tick >= Math.max(from, first) && row.tick <= Math.min(to, last))
    .reduce((sum, row) => sum + row.clicks, 0);
  const share = clicks > 0 ? inside / clicks : 0;
  return { adKey, clicks: inside, results: results * share, valueMinor: valueMinor * share };
}

/** What each ad's day holds so far. */
function sumsOf(rows: readonly TickRow[]): Map<string, TickRow> {
  const sums = new Map<string, TickRow>();
  for (const row of rows) {
    const key = `${Math.floor(row.tick / TICKS_PER_DAY)}:${row.adKey}`;
    sums.set(key, plus(sums.get(key) ?? { ...NONE, adKey: row.adKey, tick: row.tick }, row));
  }
  return sums;
}

function plus(row: TickRow, more: Partial<Sum>): TickRow {
  const views = more.landingPageViews;
  return {
    ...row,
    impressions: row.impressions + (more.impressions ?? 0),
    clicks: row.clicks + (more.clicks ?? 0),
    spendMinor: row.spendMinor + (more.spendMinor ?? 0),
    landingPageViews:
      views === null || views === undefined ? row.landingPageViews : (row.landingPageViews ?? 0) + views,
    results: row.results + (more.results ?? 0),
    valueMinor: row.valueMinor + (more.valueMinor ?? 0),
  };
}
