import type { TickPoint } from './optimization/watch/types';
import { instantAt } from './report-week';
import { addDays, dayIn, dayNumber, timeIn } from './time';

const HOUR_MS = 3_600_000;
const TICK_HOURS = 4;
const TICKS_PER_DAY = 6;
/** Two moments at most this far apart are one tick; what came in a longer gap is spread over it. */
const ONE_TICK_MS = 6 * HOUR_MS;

/** How one entity's account day stood at an instant (business time); counters grow over the day. */
export type Moment = {
  entityId: string;
  day: string;
  at: Date;
  spendMinor: number;
  impressions: number;
  clicks: number;
  landingPageViews: number | null;
  results: number | null;
};

export type TickSeries = {
  /** From the first tick anything is known of to `tick`, one each; where nothing came, zeros. */
  points: TickPoint[];
  /** The tick that has just ended. */
  tick: number;
  /** Newest tick in which something came; `tick` where hardly anything ever comes in one tick. */
  completeThrough: number;
};

/** Showings a usual tick brings, from which an empty one is missing rather than quiet. */
const BUSY_TICK = 20;
/** Ticks looked back over for what is usual. */
const USUAL_TICKS = 7 * TICKS_PER_DAY;

/** The 4-hour tick of an instant: account days since 1970 times six, plus the sixth of the day. A 25-hour day's last is longer. */
export function tickOf(zone: string, instant: Date): number {
  const hour = Number(timeIn(zone, instant).slice(0, 2));
  return dayNumber(dayIn(zone, instant)) * TICKS_PER_DAY + Math.floor(hour / TICK_HOURS);
}

/** The account day a tick belongs to. */
export function dayOfTick(tick: number): string {
  return addDays('1970-01-01', Math.floor(tick / TICKS_PER_DAY));
}

/**
 * What arrived in each 4-hour tick of the account's days, for all entities together, from how their days stood at moments.
 * A day first seen after it had ended is no arrival; a count that a restatement lowered is none either.
 * @param now business time of the last look
 */
export function tickSeries(moments: readonly Moment[], { zone, now }: { zone: string; now: Date }): TickSeries {
  const tick = tickOf(zone, new Date(now.getTime() - (TICK_HOURS / 2) * HOUR_MS));
  const ticks = new Map<number, TickPoint>();
  const looks = [...new Set(moments.map(({ at }) => at.getTime()))].sort((a, b) => a - b);
  for (const day of byEntityAndDay(moments)) addDay(ticks, day, { zone, looks });
  const known = [...ticks.keys()];
  if (known.length === 0) return { points: [], tick, completeThrough: tick };
  const [first, last] = [Math.min(...known), Math.max(tick, ...known)];
  const tracked = [...ticks.values()].some((point) => point.results !== null);
  const viewed = [...ticks.values()].some((point) => point.landingPageViews !== null);
  const points = Array.from({ length: last - first + 1 }, (_, index): TickPoint => {
    const point = ticks.get(first + index) ?? empty(first + index);
    return {
      ...point,
      landingPageViews: viewed ? (point.landingPageViews ?? 0) : null,
      results: tracked ? (point.results ?? 0) : null,
    };
  });
  return { points, tick, completeThrough: Math.min(tick, newestFull(points, tick)) };
}

/** Spend by the sixths of each day: whole past days of 24 hours, and today's that have ended. */
export function pacingSlots(
  series: TickSeries,
  { zone, today }: { zone: string; today: string },
): { past: number[][]; today: number[] } {
  const at = new Map(series.points.map((point) => [point.tick, point.spendMinor]));
  const first = series.points[0]?.tick ?? 0;
  const past: number[][] = [];
  for (let day = addDays(today, -28); day < today; day = addDays(day, 1)) {
    const start = dayNumber(day) * TICKS_PER_DAY;
    const isWhole = instantAt(addDays(day, 1), 0, zone).getTime() - instantAt(day, 0, zone).getTime() === 24 * HOUR_MS;
    // The day watching began is not whole.
    if (start <= first || !isWhole) continue;
    past.push(Array.from({ length: TICKS_PER_DAY }, (_, slot) => at.get(start + slot) ?? 0));
  }
  const start = dayNumber(today) * TICKS_PER_DAY;
  const ended = Math.max(0, Math.min(TICKS_PER_DAY, series.tick - start + 1));
  return { past, today: Array.from({ length: ended }, (_, slot) => at.get(start + slot) ?? 0) };
}

function byEntityAndDay(moments: readonly Moment[]): Moment[][] {
  const days = new Map<string, Moment[]>();
  for (const moment of moments) {
    const key = `${moment.entityId} ${moment.day}`;
    const held = days.get(key);
    if (held) held.push(moment);
    else days.set(key, [moment]);
  }
  return [...days.values()].map((day) => day.sort((a, b) => a.at.getTime() - b.at.getTime()));
}

type Looks = { zone: string; looks: readonly number[] };

function addDay(ticks: Map<number, TickPoint>, day: Moment[], { zone, looks }: Looks): void {
  const first = day[0];
  if (!first) return;
  const seenLate = dayIn(zone, first.at) > first.day;
  const midnight = { ...first, at: instantAt(first.day, 0, zone), spendMinor: 0, impressions: 0, clicks: 0 };
  let before: Moment = seenLate
    ? first
    : {
        ...midnight,
        landingPageViews: first.landingPageViews === null ? null : 0,
        results: first.results === null ? null : 0,
      };
  for (const moment of seenLate ? day.slice(1) : day) {
    // A day that stands unchanged is not kept again: it still stood so at the last look at anything.
    const look = looks.findLast((one) => one < moment.at.getTime()) ?? 0;
    spread(ticks, { ...before, at: new Date(Math.max(before.at.getTime(), look)) }, moment, zone);
    before = moment;
  }
}

/** Puts what came between two moments into the tick between them, or evenly over the ticks of a longer gap. */
function spread(ticks: Map<number, TickPoint>, before: Moment, after: Moment, zone: string): void {
  const gap = after.at.getTime() - before.at.getTime();
  const middle = tickOf(zone, new Date(before.at.getTime() + gap / 2));
  const first = gap <= ONE_TICK_MS ? middle : tickOf(zone, before.at);
  const last = gap <= ONE_TICK_MS ? middle : Math.max(first, tickOf(zone, new Date(after.at.getTime() - 1)));
  const count = last - first + 1;
  for (let index = 0; index < count; index += 1) {
    const share = (from: number, to: number) => {
      const came = Math.max(0, to - from);
      return Math.round((came * (index + 1)) / count) - Math.round((came * index) / count);
    };
    const maybe = (from: number | null, to: number | null) => (to === null ? null : share(from ?? 0, to));
    const point = ticks.get(first + index) ?? empty(first + index);
    ticks.set(first + index, {
      tick: first + index,
      spendMinor: point.spendMinor + share(before.spendMinor, after.spendMinor),
      impressions: point.impressions + share(before.impressions, after.impressions),
      clicks: point.clicks + share(before.clicks, after.clicks),
      landingPageViews: plus(point.landingPageViews, maybe(before.landingPageViews, after.landingPageViews)),
      results: plus(point.results, maybe(before.results, after.results)),
    });
  }
}

function plus(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

function empty(tick: number): TickPoint {
  return { tick, spendMinor: 0, impressions: 0, clicks: 0, landingPageViews: null, results: null };
}

function newestFull(points: readonly TickPoint[], tick: number): number {
  const last = points.findLast((point) => point.impressions > 0);
  if (!last || last.tick >= tick) return tick;
  const usual = points
    .filter((point) => point.tick <= last.tick && point.tick > last.tick - USUAL_TICKS)
    .map((point) => point.impressions)
    .sort((a, b) => a - b);
  // Nights are quiet: only where even a quiet tick brings showings is an empty one missing.
  const quiet = usual[Math.floor(usual.length / 5)] ?? 0;
  return usual.length >= TICKS_PER_DAY && quiet >= BUSY_TICK ? last.tick : tick;
}
