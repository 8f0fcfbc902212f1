import { dayToIso, isoToDay } from '../../market/market';
import type { DatePreset } from './catalogue';

/** Local days, both ends included. */
export type Period = { since: number; until: number };

const OLDEST_MONTHS = 37;

function partsOf(day: number): { year: number; month: number; weekday: number } {
  const [year = 0, month = 1] = dayToIso(day).split('-').map(Number);
  return { year, month, weekday: (((day + 4) % 7) + 7) % 7 };
}

function monthStart(year: number, month: number): number {
  return isoToDay(new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)) ?? 0;
}

/** The first day insights still know about. */
export function oldestDay(today: number): number {
  const { year, month } = partsOf(today);
  return monthStart(year, month - OLDEST_MONTHS) + Number(dayToIso(today).slice(8)) - 1;
}

/** The days a preset means, in the account's calendar. `last_…` ends yesterday, `this_…` today. */
export function presetPeriod(preset: DatePreset, today: number, firstDay: number): Period {
  const { year, month, weekday } = partsOf(today);
  const sinceMonday = (weekday + 6) % 7;
  const lastDays = /^last_(\d+)d$/.exec(preset);
  if (lastDays) return { since: today - Number(lastDays[1]), until: today - 1 };

  switch (preset) {
    case 'today':
      return { since: today, until: today };
    case 'yesterday':
      return { since: today - 1, until: today - 1 };
    case 'this_month':
      return { since: monthStart(year, month), until: today };
    case 'last_month':
      return { since: monthStart(year, month - 1), until: monthStart(year, month) - 1 };
    case 'this_quarter':
      return { since: monthStart(year, quarterMonth(month)), until: today };
    case 'last_quarter':
      return { since: monthStart(year, quarterMonth(month) - 3), until: monthStart(year, quarterMonth(month)) - 1 };
    case 'this_year':
      return { since: monthStart(year, 1), until: today };
    case 'last_year':
      return { since: monthStart(year - 1, 1), until: monthStart(year, 1) - 1 };
    case 'this_week_mon_today':
      return { since: today - sinceMonday, until: today };
    case 'this_week_sun_today':
      return { since: today - weekday, until: today };
    case 'last_week_mon_sun':
      return { since: today - sinceMonday - 7, until: today - sinceMonday - 1 };
    case 'last_week_sun_sat':
      return { since: today - weekday - 7, until: today - weekday - 1 };
    default:
      // `maximum` begins where the data does.
      return { since: Math.max(oldestDay(today), Math.min(firstDay, today)), until: today };
  }
}

function quarterMonth(month: number): number {
  return month - ((month - 1) % 3);
}

export type Increment = number | 'monthly' | 'all_days';

/** Cuts a period into rows: n days each, calendar months, or one. The last may be short. */
export function cutPeriod(period: Period, increment: Increment): Period[] {
  if (increment === 'all_days') return [period];
  const cuts: Period[] = [];
  for (let since = period.since; since <= period.until; ) {
    const until = Math.min(period.until, increment === 'monthly' ? monthEnd(since) : since + increment - 1);
    cuts.push({ since, until });
    since = until + 1;
  }
  return cuts;
}

function monthEnd(day: number): number {
  const { year, month } = partsOf(day);
  return monthStart(year, month + 1) - 1;
}
