import type { Goal } from '../brief';
import { type MoneyJson, moneyToJson } from '../money';
import { addDays } from '../time';
import { costSeen } from './cost-seen';
import { grouped } from './grouped';
import { hypothesisOf, LEAST_RESULTS } from './hypotheses';
import type { Past, PastCheck, PastDay, PastGoal } from './past';

/** Days looked back, and how old a day must be before its results have all been counted. */
const PAST_DAYS = 90;
const MATURE_AFTER_DAYS = 7;
/** Days and clicks below which nothing is said about costs. */
const LEAST_DAYS = 7;
const LEAST_CLICKS = 60;
/** With so many clicks and not one result, fewer than one click in a hundred brings one (rule of three, 95 %). */
const CLICKS_THAT_SHOULD_TELL = 300;

/** The whole account days an account's past is read over, on its day `today`. */
export function pastWindow(today: string): { since: string; until: string } {
  return { since: addDays(today, -PAST_DAYS), until: addDays(today, -1) };
}

/**
 * What the days of an account say, per goal: costs with their 80 % interval and count, what looks wrong, and differences
 * worth a test. Days younger than a week are left out, because their results still grow.
 */
export function learnFromPast(input: { rows: readonly PastDay[]; currency: string; today: string }): Past {
  const { currency } = input;
  const { since } = pastWindow(input.today);
  const until = addDays(input.today, -MATURE_AFTER_DAYS - 1);
  const rows = input.rows.filter(({ day, spendMinor }) => day >= since && day <= until && spendMinor > 0n);
  const goals = [...grouped(rows, ({ goal }) => goal)]
    .map(([goal, own]) => goalOf(goal, own, currency))
    .sort((a, b) => Number(BigInt(b.spend.minor) - BigInt(a.spend.minor)));
  return {
    since,
    until,
    days: new Set(rows.map(({ day }) => day)).size,
    spend: spendOf(rows, currency),
    goals,
    checks: checksOf(goals),
    hypotheses: goals.flatMap(({ goal }) =>
      goal === null
        ? []
        : (hypothesisOf(
            goal,
            rows.filter((row) => row.goal === goal && row.results !== null),
            currency,
          ) ?? []),
    ),
  };
}

function goalOf(goal: Goal | null, rows: readonly PastDay[], currency: string): PastGoal {
  const counted = rows.filter((row) => row.results !== null);
  const days = new Set(rows.map(({ day }) => day)).size;
  const enough = days >= LEAST_DAYS;
  const counts = (of: readonly PastDay[], events: (row: PastDay) => number) =>
    [...grouped(of, ({ day }) => day).values()].map((own) => ({
      events: own.reduce((sum, row) => sum + events(row), 0),
      spend: own.reduce((sum, row) => sum + Number(row.spendMinor), 0),
    }));
  return {
    goal,
    days,
    spend: spendOf(rows, currency),
    clicks: rows.reduce((sum, row) => sum + row.clicks, 0),
    results: counted.length === 0 ? null : counted.reduce((sum, row) => sum + (row.results ?? 0), 0),
    perClick: enough
      ? costSeen(
          counts(rows, (row) => row.clicks),
          currency,
          LEAST_CLICKS,
        )
      : null,
    perResult: enough
      ? costSeen(
          counts(counted, (row) => row.results ?? 0),
          currency,
          LEAST_RESULTS,
        )
      : null,
  };
}

function checksOf(goals: readonly PastGoal[]): PastCheck[] {
  const clicks = goals.reduce((sum, goal) => sum + goal.clicks, 0);
  const uncounted = goals.filter(({ results }) => results === null).reduce((sum, goal) => sum + goal.clicks, 0);
  return [
    ...(clicks >= LEAST_CLICKS && uncounted === clicks ? (['nothing_counted'] as const) : []),
    ...(goals.some(({ results, clicks: own }) => results === 0 && own >= CLICKS_THAT_SHOULD_TELL)
      ? (['clicks_without_results'] as const)
      : []),
  ];
}

function spendOf(rows: readonly PastDay[], currency: string): MoneyJson {
  return moneyToJson({ minor: rows.reduce((sum, row) => sum + row.spendMinor, 0n), currency });
}
