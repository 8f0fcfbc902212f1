import { IANAZone } from 'luxon';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** An hour of the account's calendar. `day` counts local calendar days since 1970-01-01. */
export type LocalHour = { day: number; hour: number; weekday: number; week: number };

/**
 * The account's own calendar. Delivery is kept in hour buckets that line up with the account's
 * hours (zones with half hours shift all buckets), so a day is always a whole number of buckets:
 * 23 or 25 of them when the clocks change.
 */
export type AccountClock = {
  zone: string;
  bucketAt(ms: number): number;
  startMs(bucket: number): number;
  local(bucket: number): LocalHour;
  dayAt(ms: number): number;
  /** The first bucket that belongs to this local day. */
  firstBucketOf(day: number): number;
  offsetMinutes(ms: number): number;
};

const clocks = new Map<string, AccountClock>();

/** The calendar of an IANA zone; one shared instance per zone. */
export function accountClock(zone: string): AccountClock {
  const known = clocks.get(zone);
  if (known) return known;

  const clock = makeClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function makeClock(zoneName: string): AccountClock {
  const zone = IANAZone.create(zoneName);
  if (!zone.isValid) throw new Error(`unknown time zone ${zoneName}`);

  // Offsets like +05:30 shift the bucket grid; the part below the hour does not change with DST.
  const shiftMs = (((zone.offset(Date.UTC(2026, 0, 1)) % 60) + 60) % 60) * 60_000;
  const cache = new Map<number, LocalHour>();

  const bucketAt = (ms: number) => Math.floor((ms + shiftMs) / HOUR_MS);
  const startMs = (bucket: number) => bucket * HOUR_MS - shiftMs;

  const local = (bucket: number): LocalHour => {
    const known = cache.get(bucket);
    if (known) return known;
    const start = startMs(bucket);
    const localMs = start + zone.offset(start) * 60_000;
    const day = Math.floor(localMs / DAY_MS);
    const weekday = (((day + 4) % 7) + 7) % 7;
    const hour = Math.floor((localMs - day * DAY_MS) / HOUR_MS);
    const found = { day, hour, weekday, week: day - weekday };
    cache.set(bucket, found);
    return found;
  };

  const firstBucketOf = (day: number) => {
    let bucket = bucketAt(day * DAY_MS - zone.offset(day * DAY_MS) * 60_000) - 2;
    while (local(bucket).day < day) bucket++;
    return bucket;
  };

  return {
    zone: zoneName,
    bucketAt,
    startMs,
    local,
    dayAt: (ms) => local(bucketAt(ms)).day,
    firstBucketOf,
    offsetMinutes: (ms) => zone.offset(ms),
  };
}

/** 2026-11-21 for a local day number. */
export function dayToIso(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The local day number of 2026-11-21, or null when it is no date. */
export function isoToDay(iso: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(ms)) return null;
  return ms / DAY_MS;
}
