import { addDays, daysBetween, mondayOf } from './time';

/** Days the platform still restates: late results arrive, invalid clicks leave. */
export const RESTATED_DAYS = 28;
const EACH_TICK = 3;
const EACH_DAY = 8;

export type PullWindow = { since: string; until: string; reason: 'first' | 'week' | 'day' | 'tick' };

/**
 * The account days worth asking for again, on a decaying schedule: the last 3 at every tick, the last 8 at the first tick
 * of an account day, all 28 at the first tick ever and of an account week. A gap since the previous pull is always
 * covered. `previous` is the account day of the last pull that succeeded.
 */
export function pullWindow(input: { today: string; previous: string | null }): PullWindow {
  const { today, previous } = input;
  const back = (days: number) => addDays(today, 1 - days);
  if (previous === null) return { since: back(RESTATED_DAYS), until: today, reason: 'first' };
  if (mondayOf(previous) < mondayOf(today))
    return { since: earliest(back(RESTATED_DAYS), addDays(previous, -2)), until: today, reason: 'week' };
  const days = daysBetween(previous, today) > 0 ? EACH_DAY : EACH_TICK;
  return {
    since: earliest(back(days), addDays(previous, -2)),
    until: today,
    reason: days === EACH_DAY ? 'day' : 'tick',
  };
}

function earliest(a: string, b: string): string {
  return a < b ? a : b;
}
