/** Days and zones on plain values. The day of a number is the ad account's day, never the server's. */

type Kind = 'day' | 'time';
const OPTIONS: Record<Kind, [string, Intl.DateTimeFormatOptions]> = {
  day: ['en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }],
  time: ['en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }],
};
/** One formatter per zone: making one costs a hundred times what using it does. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatIn(kind: Kind, zone: string, instant: Date): string {
  const key = `${kind} ${zone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const [language, options] = OPTIONS[kind];
    formatter = new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    formatters.set(key, formatter);
  }
  return formatter.format(instant);
}

/** "2026-11-21" of an instant in an IANA zone. */
export function dayIn(zone: string, instant: Date): string {
  return formatIn('day', zone, instant);
}

/** "23:59:59" of an instant in an IANA zone. */
export function timeIn(zone: string, instant: Date): string {
  return formatIn('time', zone, instant);
}

/** Moves a calendar day by whole days ("2026-03-01", -1 -> "2026-02-28"). */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Whole days from a to b (negative when b is earlier). */
export function daysBetween(a: string, b: string): number {
  return dayNumber(b) - dayNumber(a);
}

/** Days since 1970-01-01 by whole-number calendar arithmetic: the engine asks this thousands of times per decision. */
export function dayNumber(day: string): number {
  const month = twoDigits(day, 5);
  // Years that begin in March put the leap day last.
  const year = twoDigits(day, 0) * 100 + twoDigits(day, 2) - (month <= 2 ? 1 : 0);
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + twoDigits(day, 8) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + inYear - 719_468;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** The Monday on or before a calendar day (ISO week). */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}
