import { moneyToJson } from '../money';
import { logGammaBelief } from '../statistics/log-belief';
import { Z_80 } from '../statistics/quantiles';
import type { CostSeen } from './past';

/** Events and money of one day. */
export type DayCount = { events: number; spend: number };

/**
 * How much more the days differ than equal chances would make them: Pearson's chi-square per degree of freedom, never
 * below 1. Counts bought on different days are not independent, and an interval that thinks so is too narrow.
 */
export function dispersion(days: readonly DayCount[]): number {
  const spent = days.filter((day) => day.spend > 0);
  const events = spent.reduce((sum, day) => sum + day.events, 0);
  const spend = spent.reduce((sum, day) => sum + day.spend, 0);
  if (spent.length < 2 || events === 0) return 1;
  const chi = spent.reduce((sum, day) => {
    const expected = (events * day.spend) / spend;
    return sum + (day.events - expected) ** 2 / expected;
  }, 0);
  return Math.max(1, chi / (spent.length - 1));
}

/**
 * What one event cost, as an 80 % interval: a gamma belief about events per money (Jeffreys' prior), widened by the
 * dispersion of the days. Minor units, rounded outwards. Null below `least` events.
 */
export function costSeen(days: readonly DayCount[], currency: string, least: number): CostSeen | null {
  const n = days.reduce((sum, day) => sum + day.events, 0);
  const spend = days.reduce((sum, day) => sum + day.spend, 0);
  if (n < least || spend <= 0) return null;
  const wider = dispersion(days);
  const { mean, variance } = logGammaBelief(n / wider + 0.5, spend / wider);
  const half = Z_80 * Math.sqrt(variance);
  const minor = (value: number) => moneyToJson({ minor: BigInt(value), currency });
  return {
    n,
    low: minor(Math.max(1, Math.floor(Math.exp(-mean - half)))),
    high: minor(Math.max(1, Math.ceil(Math.exp(-mean + half)))),
  };
}
