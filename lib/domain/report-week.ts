import { addDays, dayIn, mondayOf, timeIn } from './time';

const HOUR_MS = 3_600_000;
/** Hours after the account week's end until it is reported: one whole slot, so that a pull has begun after the week's end. */
export const WEEK_MARGIN_HOURS = 4;
/** The owner's local hour on Monday. */
export const REPORT_HOUR = 8;

/** The instant at which a wall clock in an IANA zone shows a day and hour; within a skipped hour, the moment after it. */
export function instantAt(day: string, hour: number, zone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS;
  let instant = wanted;
  // The second pass settles days on which the zone's offset changes.
  for (let pass = 0; pass < 2; pass += 1) instant += wanted - wallClock(new Date(instant), zone);
  // West of Greenwich a skipped hour leaves the passes before it (midnight in Chile, in September): on to the moment after.
  const short = wanted - wallClock(new Date(instant), zone);
  return new Date(instant + (short > 0 ? short : 0));
}

/** What the zone's wall clock shows, read as if it were UTC (ms). */
function wallClock(instant: Date, zone: string): number {
  return Date.parse(`${dayIn(zone, instant)}T${timeIn(zone, instant)}Z`);
}

/** When the account week that starts on `monday` is reported: the later of the owner's next Monday 08:00 and its end plus a margin. */
export function reportDueAt(week: { monday: string; ownerZone: string; accountZone: string }): Date {
  const next = addDays(week.monday, 7);
  const owner = instantAt(next, REPORT_HOUR, week.ownerZone).getTime();
  const account = instantAt(next, WEEK_MARGIN_HOURS, week.accountZone).getTime();
  return new Date(Math.max(owner, account));
}

/** Monday of the account week that is running at an instant. */
export function accountWeek(instant: Date, accountZone: string): string {
  return mondayOf(dayIn(accountZone, instant));
}
