import type { TickInput, TickRow } from './types';

export const TICKS_PER_DAY = 6;
/** Days whose results are read again by click time before each decision. */
export const RESTATED_DAYS = 8;
/** Share of results reported k ticks after the click: a third at once, two thirds within a day, the rest within a week. */
const ARRIVAL_TICKS = RESTATED_DAYS * TICKS_PER_DAY;
const REPORTED = reportedByTicks();

/** One ad on one day. `counted`: clicks whose results can be known by now, in units of whole clicks. */
export type AdDay = {
  impressions: number;
  clicks: number;
  spendMinor: number;
  results: number;
  valueMinor: number;
  counted: number;
};
export type AdMemory = {
  key: string;
  adSetKey: string;
  creative: string;
  /** First day of the creative it shows now, counted from the first tick. */
  since: number;
  /** First days of every creative it ever showed. */
  firsts: number[];
  pausedOn: number | null;
  /** It was switched on again after a pause: not paused by the same rule again soon. */
  rescuedOn: number | null;
  days: (AdDay | undefined)[];
};
/** The whole account in one tick, for the guards. */
export type TickSum = {
  tick: number;
  impressions: number;
  clicks: number;
  spendMinor: number;
  landingPageViews: number | null;
  results: number;
};
export type Memory = {
  ads: Map<string, AdMemory>;
  /** By tick number; a tick without rows is empty. */
  ticks: (TickSum | undefined)[];
  /** Clicks of single ticks, for the days that are still restated. */
  clicks: Map<string, number[]>;
  /** Every row by tick and ad, as told last. */
  rows: Map<string, TickRow>;
  /** Restated sums have named clicks: results are held against those they belong to. */
  restatesClicks: boolean;
  /** Ticks whose results are no evidence: something was broken, or nothing was counted. */
  excluded: boolean[];
  /** Ticks in which no result could be reported. */
  unreported: boolean[];
  editedOn: Map<string, number>;
  rotatedOn: Map<string, number>;
  /** Its ad sets have proved unlike: from then on their differences are estimated, no longer doubted. */
  unlike: boolean;
  /** Mean value of a result over everything reported; null before there are any. */
  value: { results: number; valueMinor: number };
};

export function emptyMemory(): Memory {
  return {
    ads: new Map(),
    ticks: [],
    clicks: new Map(),
    rows: new Map(),
    restatesClicks: false,
    excluded: [],
    unreported: [],
    editedOn: new Map(),
    rotatedOn: new Map(),
    unlike: false,
    value: { results: 0, valueMinor: 0 },
  };
}

export const dayOf = (tick: number) => Math.floor(tick / TICKS_PER_DAY);

/** Takes in what was reported; a row told again takes the place of the one before. */
export function remember(memory: Memory, input: TickInput): void {
  for (const { key, adSetKey, creative } of input.ads) {
    const known = memory.ads.get(key);
    const since = dayOf(input.tick);
    if (!known)
      memory.ads.set(key, {
        key,
        adSetKey,
        creative,
        since,
        firsts: [since],
        pausedOn: null,
        rescuedOn: null,
        days: [],
      });
    else if (known.creative !== creative) {
      // Swapped between two ticks: the day of the swap belongs to neither unless it has just begun.
      const next = input.tick % TICKS_PER_DAY === 0 ? since : since + 1;
      Object.assign(known, { creative, since: next, pausedOn: null, rescuedOn: null });
      known.firsts.push(next);
    }
  }
  for (const row of input.rows) {
    const ad = memory.ads.get(row.adKey);
    const mark = `${row.tick}:${row.adKey}`;
    if (!ad) continue;
    const before = memory.rows.get(mark);
    memory.rows.set(mark, row);
    const added = before ? beyond(before, row) : row;
    addToAd(memory, ad, added);
    addToTick(memory, added);
  }
}

/** Rows older than this are told no more: the platform restates days, and only so many. */
export const KEPT_ROW_TICKS = (RESTATED_DAYS + 2) * TICKS_PER_DAY;
/** The guards look back over 40 days. */
const KEPT_TICKS = 41 * TICKS_PER_DAY;

/** Lets go of what nothing looks back on any more, so that a year of ticks needs no more room than two months. */
export function forget(memory: Memory, tick: number): void {
  if (tick % TICKS_PER_DAY !== 0) return;
  for (const [mark, row] of memory.rows) if (row.tick <= tick - KEPT_ROW_TICKS) memory.rows.delete(mark);
  const day = Math.max(0, tick - KEPT_TICKS);
  for (let at = Math.max(0, day - TICKS_PER_DAY); at < day; at += 1) {
    delete memory.ticks[at];
    delete memory.excluded[at];
    delete memory.unreported[at];
    for (const clicks of memory.clicks.values()) delete clicks[at];
  }
}

/** What a row told again adds to the one before (less than nothing where it was corrected down). */
function beyond(before: TickRow, row: TickRow): TickRow {
  const views = (row.landingPageViews ?? 0) - (before.landingPageViews ?? 0);
  return {
    ...row,
    impressions: row.impressions - before.impressions,
    clicks: row.clicks - before.clicks,
    spendMinor: row.spendMinor - before.spendMinor,
    landingPageViews: row.landingPageViews === null && before.landingPageViews === null ? null : views,
    results: row.results - before.results,
    valueMinor: row.valueMinor - before.valueMinor,
  };
}

function addToAd(memory: Memory, ad: AdMemory, row: TickRow): void {
  const day = dayOf(row.tick);
  const sum = ad.days[day] ?? { impressions: 0, clicks: 0, spendMinor: 0, results: 0, valueMinor: 0, counted: 0 };
  ad.days[day] = sum;
  sum.impressions += row.impressions;
  sum.clicks += row.clicks;
  sum.spendMinor += row.spendMinor;
  sum.results += row.results;
  sum.valueMinor += row.valueMinor;
  memory.value.results += row.results;
  memory.value.valueMinor += row.valueMinor;
  const clicks = memory.clicks.get(ad.key) ?? [];
  clicks[row.tick] = (clicks[row.tick] ?? 0) + row.clicks;
  memory.clicks.set(ad.key, clicks);
}

function addToTick(memory: Memory, row: TickRow): void {
  const sum = memory.ticks[row.tick] ?? {
    tick: row.tick,
    impressions: 0,
    clicks: 0,
    spendMinor: 0,
    landingPageViews: null,
    results: 0,
  };
  memory.ticks[row.tick] = sum;
  sum.impressions += row.impressions;
  sum.clicks += row.clicks;
  sum.spendMinor += row.spendMinor;
  sum.results += row.results;
  if (row.landingPageViews !== null) sum.landingPageViews = (sum.landingPageViews ?? 0) + row.landingPageViews;
}

/** Something was broken in these ticks (both included): their results are no evidence. */
export function exclude(memory: Memory, from: number, to: number, lostReports: boolean): void {
  for (let tick = Math.max(0, from); tick <= to; tick += 1) {
    memory.excluded[tick] = true;
    if (lostReports) memory.unreported[tick] = true;
  }
}

/**
 * Replaces the last days' results by what is now known of their clicks, and works out how many of those clicks can have
 * reported yet: by age, without what fell into ticks in which nothing could be reported. Clicks are those the restated
 * sums themselves name: rows may have been lost, and restated sums may lag.
 */
export function restate(memory: Memory, input: TickInput): void {
  const today = dayOf(input.tick);
  for (let day = Math.max(0, today - RESTATED_DAYS + 1); day <= today; day += 1) {
    const from = day * TICKS_PER_DAY;
    const ticks = Array.from({ length: TICKS_PER_DAY }, (_, index) => from + index).filter(
      (tick) => !memory.excluded[tick] && tick <= input.tick,
    );
    const shares = ticks.map((tick) => reportedShareAt(memory, tick, input.tick));
    for (const ad of memory.ads.values()) {
      const sum = ad.days[day];
      if (!sum) continue;
      const clicks = memory.clicks.get(ad.key);
      sum.counted = ticks.reduce((all, tick, index) => all + (clicks?.[tick] ?? 0) * (shares[index] ?? 0), 0);
    }
    const clicks = readAgain(memory, input, day, ticks);
    if (!memory.restatesClicks) continue;
    for (const [key, restated] of clicks) countAgain(memory, memory.ads.get(key), day, ticks, shares, restated);
  }
}

function countAgain(
  memory: Memory,
  ad: AdMemory | undefined,
  day: number,
  ticks: readonly number[],
  shares: readonly number[],
  restated: number,
): void {
  const sum = ad?.days[day];
  if (!ad || !sum || ticks.length === 0) return;
  const known = ticks.reduce((all, tick) => all + (memory.clicks.get(ad.key)?.[tick] ?? 0), 0);
  const usualShare = shares.reduce((all, share) => all + share, 0) / shares.length;
  sum.counted = restated * (known > 0 ? sum.counted / known : usualShare);
}

/** Returns the clicks the restated sums name, by ad. */
function readAgain(memory: Memory, input: TickInput, day: number, ticks: readonly number[]): Map<string, number> {
  const clicks = new Map<string, number>();
  if (!input.restated) return clicks;
  const whole = ticks.length === TICKS_PER_DAY;
  const ranges = whole ? [[day * TICKS_PER_DAY, (day + 1) * TICKS_PER_DAY - 1]] : ticks.map((tick) => [tick, tick]);
  if (!whole)
    for (const ad of memory.ads.values()) if (ad.days[day]) Object.assign(ad.days[day], { results: 0, valueMinor: 0 });
  for (const [from = 0, to = 0] of ranges)
    for (const row of input.restated(from, to)) {
      const sum = memory.ads.get(row.adKey)?.days[day];
      if (!sum) continue;
      if (row.clicks > 0) memory.restatesClicks = true;
      clicks.set(row.adKey, (clicks.get(row.adKey) ?? 0) + row.clicks);
      sum.results = (whole ? 0 : sum.results) + row.results;
      sum.valueMinor = (whole ? 0 : sum.valueMinor) + row.valueMinor;
    }
  return clicks;
}

function reportedShareAt(memory: Memory, tick: number, now: number): number {
  let lost = 0;
  for (let at = tick; at <= Math.min(now, tick + ARRIVAL_TICKS - 1); at += 1)
    if (memory.unreported[at]) lost += (REPORTED[at - tick] ?? 1) - (REPORTED[at - tick - 1] ?? 0);
  return Math.max(0, (REPORTED[Math.min(now - tick, ARRIVAL_TICKS - 1)] ?? 1) - lost);
}

function reportedByTicks(): number[] {
  const shares = Array.from({ length: ARRIVAL_TICKS }, (_, age) => {
    if (age === 0) return 0.37;
    const days = age / TICKS_PER_DAY;
    return 0.75 * Math.exp(-days / 0.5) + 0.07 * Math.exp(-days / 3);
  });
  const rest = shares.slice(1).reduce((sum, share) => sum + share, 0);
  let sum = 0;
  return shares.map((share, age) => {
    sum += age === 0 ? share : (0.63 * share) / rest;
    return sum;
  });
}

/** Mean value of a result over everything reported; null before there are any. */
export function averageValue({ value }: Memory): number | null {
  return value.results > 0 && value.valueMinor > 0 ? value.valueMinor / value.results : null;
}
