import { claimBoundary } from '../../statistics/boundary';

/** One arm so far (cumulative): a count of events, or the mean and variance of a value per unit. */
export type ArmSnapshot = { units: number; events: number } | { units: number; mean: number; variance: number };
/** Both arms at one look; `share` of the planned length that has passed (0..1], where a length is planned. */
export type Snapshot = { control: ArmSnapshot; treatment: ArmSnapshot; share?: number };

export type Look = {
  /** Standardised difference treatment - control; 0 while there is nothing to compare. */
  z: number;
  /** What |z| must reach at this look. */
  limit: number;
  /** True where a difference may be claimed at this look, whatever was looked at before. */
  claim: boolean;
  direction: 'up' | 'down' | null;
};

export type SnapshotTestOptions = {
  alpha?: number;
  /** Units per arm before anything is said. */
  minUnits?: number;
};

const MIN_UNITS = 100;

/**
 * Judges a running comparison at every look so that at most `alpha` of equal pairs are ever claimed. With a planned length
 * (every snapshot carries `share`) by the O'Brien-Fleming boundary; without one by a normal mixture that holds at any
 * stopping time (Robbins 1970; the closed form as in Johari et al. 2017).
 */
export function testSnapshots(snapshots: readonly Snapshot[], options: SnapshotTestOptions = {}): Look[] {
  const { alpha = 0.05, minUnits = MIN_UNITS } = options;
  let first: number | null = null;
  return snapshots.map(({ control, treatment, share }) => {
    const [a, b] = [momentsOf(control), momentsOf(treatment)];
    const variance = a.variance / Math.max(1, a.units) + b.variance / Math.max(1, b.units);
    const enough = a.units >= minUnits && b.units >= minUnits && variance > 0;
    const z = enough ? (b.mean - a.mean) / Math.sqrt(variance) : 0;
    if (enough && first === null) first = 1 / variance;
    const limit =
      share === undefined
        ? mixtureLimit(enough ? 1 / variance : 0, first ?? 1, alpha)
        : claimBoundary(share) * scale(alpha);
    const claim = enough && Math.abs(z) >= limit;
    return { z, limit, claim, direction: claim ? (z > 0 ? 'up' : 'down') : null };
  });
}

function momentsOf(arm: ArmSnapshot): { units: number; mean: number; variance: number } {
  if ('mean' in arm) return arm;
  const rate = arm.units > 0 ? arm.events / arm.units : 0;
  return { units: arm.units, mean: rate, variance: rate * (1 - rate) };
}

/** Information at which the mixture is tuned to be tightest, in multiples of the first look's. */
const TUNED_TO = 8;

/** |z| limit of the normal mixture at this much information, valid at every stopping time. */
function mixtureLimit(information: number, first: number, alpha: number): number {
  if (information <= 0) return Number.POSITIVE_INFINITY;
  // Prior precision that makes the limit smallest near the tuned information (Howard et al. 2021, section 3.5).
  const tuned = (TUNED_TO * first) / (2 * Math.log(1 / alpha) + Math.log(1 + 2 * Math.log(1 / alpha)));
  const ratio = (information + tuned) / tuned;
  return Math.sqrt(((information + tuned) / information) * (Math.log(ratio) + 2 * Math.log(1 / alpha)));
}

/** The boundary's constant is that of 5 %; other rates scale it by their own normal quantiles (first order). */
function scale(alpha: number): number {
  if (alpha === 0.05) return 1;
  return Math.sqrt(Math.log(2 / alpha) / Math.log(2 / 0.05));
}
