import type { Rng } from './rng';
import type { Conversion, ResultKind } from './types';

const HOUR_MS = 3_600_000;

function drawDelayHours(rng: Rng): number {
  const kind = rng.unit();
  if (kind < 0.42) return rng.between(0.05, 3);
  if (kind < 0.67) return rng.between(3, 24);
  if (kind < 0.95) return Math.min(167, 24 - 48 * Math.log(1 - rng.unit()));
  return rng.between(168, 660);
}

function drawOrderMinor(rng: Rng, medianMinor: number): number {
  const usual = rng.logNormal(0.7, medianMinor);
  const isHuge = rng.unit() < 0.012;
  return Math.max(1, Math.round(isHuge ? usual * rng.between(3, 7) : usual));
}

/** Forms and conversations happen on the platform itself: counted at once, and only after a click. */
export function isOnPlatform(result: ResultKind): boolean {
  return result === 'form_lead' || result === 'conversation';
}

type Draw = {
  rng: Rng;
  n: number;
  bucket: number;
  bucketStartMs: number;
  result: ResultKind;
  isView: boolean;
  orderMedianMinor: number;
};

/** One result of a click or a view in this hour, with the day it will show up in reports. */
export function drawConversion(draw: Draw): Conversion {
  const { rng, result } = draw;
  // Forms on the platform itself are counted at once; a shop's pixel reports when people come back.
  const isCountedAtOnce = isOnPlatform(result);
  const drawn = isCountedAtOnce ? 0 : drawDelayHours(rng);
  const delayHours = draw.isView ? Math.min(drawn, 23) : drawn;
  const lagHours = isCountedAtOnce ? 0.1 : rng.between(0.2, 2.5);

  return {
    n: draw.n,
    bucket: draw.bucket,
    delayHours: Math.round(delayHours * 100) / 100,
    reportedMs: Math.round(draw.bucketStartMs + HOUR_MS * (1 + delayHours + lagHours)),
    isView: draw.isView,
    valueMinor: result === 'purchase' ? drawOrderMinor(rng, draw.orderMedianMinor) : 0,
  };
}
