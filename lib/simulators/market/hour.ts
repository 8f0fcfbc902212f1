import type { LocalHour } from './account-clock';
import { seeded } from './rng';
import type { MarketInput, Shock } from './types';

export const HOUR_MS = 3_600_000;

/** Everything that is common to all ads of the account in one hour. */
export type Hour = {
  bucket: number;
  startMs: number;
  local: LocalHour;
  shocks: Shock[];
  dayCtr: number;
  dayPrice: number;
  dayCvr: number;
};

export function hourOf(input: MarketInput, bucket: number, startMs: number, local: LocalHour): Hour {
  const ofDay = seeded(input.seed, 'day', local.day);
  return {
    bucket,
    startMs,
    local,
    shocks: input.shocks.filter((shock) => shock.fromMs <= startMs && startMs < shock.toMs),
    dayCtr: ofDay.logNormal(0.06),
    dayPrice: ofDay.logNormal(0.06),
    dayCvr: ofDay.logNormal(0.07),
  };
}

/** Whether something that may deliver from an instant on does so in this hour. */
export function hasBegun(eligibleFromMs: number | null, hour: Hour): boolean {
  return eligibleFromMs !== null && eligibleFromMs <= hour.startMs;
}

/** How the shocks of one kind change a rate in this hour: 1 when there are none. */
export function shockFactor(hour: Hour, kind: Shock['kind'], adSetKey: string, fallback: number): number {
  if (hour.shocks.length === 0) return 1;
  return hour.shocks
    .filter((shock) => shock.kind === kind && (!shock.adSetKey || shock.adSetKey === adSetKey))
    .reduce((factor, shock) => factor * (shock.factor ?? fallback), 1);
}

export function isStruckBy(hour: Hour, kind: Shock['kind'], adSetKey: string): boolean {
  return hour.shocks.some((shock) => shock.kind === kind && (!shock.adSetKey || shock.adSetKey === adSetKey));
}
