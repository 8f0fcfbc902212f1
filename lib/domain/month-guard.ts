import { daysThatFit, mostSpend } from './pacing';
import { addDays, daysBetween } from './time';

/**
 * What the platform itself holds a campaign to, so that it also holds while we are down: a cap where the platform takes
 * one that small, else an end date, renewed while the month has room.
 */
export type MonthGuard =
  | { kind: 'cap'; capMinor: bigint; committedMinor: bigint; untilDay: string }
  | { kind: 'end'; committedMinor: bigint; untilDay: string };

/** Ads that end sooner than that are not accepted with a daily budget. */
export const SHORTEST_RUN_DAYS = 2;

type Asked = {
  /** All daily budgets of the campaign together, minor units. */
  dailyMinor: bigint;
  /** First day they count for, and the first day of the next account month. */
  fromDay: string;
  monthEnd: string;
  /** The most the days before can have cost this month. */
  baseMinor: bigint;
  /** The most the campaign may cost this month. */
  mostMinor: bigint;
  /** The smallest cap the platform takes; 0 where it names none, null where it was not asked. */
  minCapMinor: bigint | null;
};

/** The guard of one campaign for what is left of an account month, and what the campaign may cost under it at most. */
export function monthGuard(asked: Asked): MonthGuard {
  const { dailyMinor, fromDay, monthEnd, baseMinor, mostMinor, minCapMinor } = asked;
  const days = Math.max(0, daysBetween(fromDay, monthEnd));
  const worst = baseMinor + mostSpend(dailyMinor, days);
  const within = worst < mostMinor ? worst : mostMinor;
  if (minCapMinor !== null && within >= minCapMinor)
    return { kind: 'cap', capMinor: within, committedMinor: within, untilDay: monthEnd };
  const fitting = daysThatFit(dailyMinor, days, mostMinor - baseMinor);
  const running = Math.max(fitting, SHORTEST_RUN_DAYS);
  const untilDay = addDays(fromDay, running);
  return { kind: 'end', committedMinor: baseMinor + mostSpend(dailyMinor, Math.min(running, days)), untilDay };
}
