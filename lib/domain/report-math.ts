import type { Goal } from './brief';
import { type Counters, type CountersView, costPerResultMinor, roas, sumCounters } from './insight';
import type { MoneyJson } from './money';
import type { CountRange, Projection } from './projection';
import { rangeForDays } from './projection-model';
import { reportedShare } from './statistics/delay-curve';
import { samePoissonRate } from './statistics/rate-comparison';
import { addDays, daysBetween } from './time';

/** Below this chance a difference is called more than the usual ups and downs. */
export const UNUSUAL_P = 0.1;
/** A week whose results are less reported than this is not compared. */
export const MIN_REPORTED_SHARE = 0.7;

/** One account day of one campaign, as the platform reports it now. */
export type ReportDay = Counters & { day: string };

export type ReportInput = {
  goal: Goal;
  currency: string;
  /** Monday of the account's week. */
  monday: string;
  /** The account day the report is made on; decides how much is still to be reported. */
  today: string;
  /** First account day of delivery; null when nothing has run. */
  launchDay: string | null;
  rows: readonly ReportDay[];
  /** People reached in exactly this week, and in the week before; never the sum of days. */
  reach: number | null;
  previousReach: number | null;
  projection: Projection | null;
};

export type Trend = {
  direction: 'up' | 'down' | 'same';
  /** Chance of a difference at least this large if nothing had changed. */
  p: number;
  /** True: up or down within the usual. */
  withinNormal: boolean;
  now: number;
  before: number;
};

export type ReportFigures = {
  since: string;
  until: string;
  /** Days of this week on which the campaign could run. */
  days: number;
  partialWeek: boolean;
  totals: CountersView;
  previous: CountersView | null;
  sinceLaunch: { spend: MoneyJson; results: number | null };
  /** What the plan's range says for so many days; null where it said nothing. */
  expected: CountRange | null;
  /** Corrected for results still to be reported. */
  against: 'below' | 'within' | 'above' | null;
  /** Null unless both weeks are whole and enough of their results are in. */
  trend: { results: Trend | null; costPerResult: Trend | null; clicks: Trend | null } | null;
  /** Share of this week's results that has probably been reported by now, 0..1. */
  reportedShare: number;
};

/** Every number of a weekly report, from daily rows alone. */
export function weekFigures(input: ReportInput): ReportFigures {
  const until = addDays(input.monday, 6);
  const week = within(input.rows, input.monday, until);
  const days = runningDays(input, input.monday, until);
  const previousDays = runningDays(input, addDays(input.monday, -7), addDays(input.monday, -1));
  const before = within(input.rows, addDays(input.monday, -7), addDays(input.monday, -1));
  const all = sumCounters(within(input.rows, input.launchDay ?? input.monday, until));
  const share = shareOf(week, input.today);
  const expected =
    input.projection?.results && days > 0 ? rangeForDays(input.projection.results, input.projection.days, days) : null;
  const totals = sumCounters(week);
  return {
    since: input.monday,
    until,
    days,
    partialWeek: days < 7,
    totals: countersView(totals, input.currency, input.reach),
    previous:
      previousDays > 0 && before.length > 0
        ? countersView(sumCounters(before), input.currency, input.previousReach)
        : null,
    sinceLaunch: { spend: { minor: all.spendMinor.toString(), currency: input.currency }, results: all.results },
    expected,
    against: expected ? position(totals.results, share, expected) : null,
    trend: days === 7 && previousDays === 7 ? trends(week, before, input.today) : null,
    reportedShare: share,
  };
}

/** Sums as the browser gets them; ratios are made here from sums, never averaged. */
export function countersView(sum: Counters, currency: string, reach: number | null): CountersView {
  const cost = costPerResultMinor(sum);
  return {
    spend: { minor: sum.spendMinor.toString(), currency },
    reach,
    impressions: sum.impressions,
    clicks: sum.clicks,
    results: sum.results,
    costPerResult: cost === null ? null : { minor: cost.toString(), currency },
    roas: roas(sum),
  };
}

function within(rows: readonly ReportDay[], since: string, until: string): ReportDay[] {
  return rows.filter((row) => row.day >= since && row.day <= until);
}

/** Days from launch (or the week's start) to its end or today, whichever is first; a day still running does not count. */
function runningDays(input: ReportInput, since: string, until: string): number {
  if (!input.launchDay) return 0;
  const first = input.launchDay > since ? input.launchDay : since;
  const yesterday = addDays(input.today, -1);
  const last = yesterday < until ? yesterday : until;
  return Math.max(0, Math.min(7, daysBetween(first, last) + 1));
}

/** Weighted by clicks, because a late result belongs to its click's day. */
function shareOf(rows: readonly ReportDay[], today: string): number {
  const clicks = rows.reduce((sum, row) => sum + row.clicks, 0);
  if (clicks === 0) return 1;
  return rows.reduce((sum, row) => sum + row.clicks * reportedShare(daysBetween(row.day, today)), 0) / clicks;
}

function position(results: number | null, share: number, expected: CountRange): ReportFigures['against'] {
  if (results === null) return null;
  if (results > expected.high) return 'above';
  return results / Math.max(share, 0.01) < expected.low ? 'below' : 'within';
}

function trends(week: ReportDay[], before: ReportDay[], today: string): ReportFigures['trend'] {
  // A missing day is a hole in the data, not a day without customers.
  if (week.length < 7 || before.length < 7) return null;
  const shares = [shareOf(week, today), shareOf(before, today)] as const;
  const [now, prior] = [sumCounters(week), sumCounters(before)];
  const counted = now.results !== null && prior.results !== null && Math.min(...shares) >= MIN_REPORTED_SHARE;
  const results = counted ? { now: now.results ?? 0, prior: prior.results ?? 0 } : null;
  return {
    clicks: trend({ events: now.clicks, exposure: 7 }, { events: prior.clicks, exposure: 7 }, 'per-exposure'),
    results:
      results &&
      trend(
        { events: results.now, exposure: 7 * shares[0] },
        { events: results.prior, exposure: 7 * shares[1] },
        'per-exposure',
      ),
    costPerResult:
      results && now.spendMinor > 0n && prior.spendMinor > 0n && results.now > 0 && results.prior > 0
        ? trend(
            { events: results.now, exposure: Number(now.spendMinor) * shares[0] },
            { events: results.prior, exposure: Number(prior.spendMinor) * shares[1] },
            'per-event',
          )
        : null,
  };
}

type Counted = { events: number; exposure: number };

function trend(now: Counted, before: Counted, unit: 'per-exposure' | 'per-event'): Trend {
  const p = samePoissonRate(now, before);
  const rate = ({ events, exposure }: Counted) => (unit === 'per-exposure' ? events / exposure : exposure / events);
  const [nowRate, beforeRate] = [rate(now), rate(before)];
  const direction = nowRate > beforeRate ? 'up' : nowRate < beforeRate ? 'down' : 'same';
  return { direction, p, withinNormal: p >= UNUSUAL_P, now: nowRate, before: beforeRate };
}
