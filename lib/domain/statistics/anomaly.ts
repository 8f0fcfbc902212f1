import { median } from 'simple-statistics';

/** Makes the median absolute deviation of normal values their standard deviation. */
const MAD_TO_SD = 1.4826;

/**
 * How far a value lies from the median of those before it, in robust standard deviations. The floor keeps a series that
 * hardly moves from calling every ripple a wave. 0 with nothing before.
 */
export function robustZ(value: number, before: readonly number[], floor: number): number {
  if (before.length === 0) return 0;
  const middle = median([...before]);
  const spread = MAD_TO_SD * median(before.map((one) => Math.abs(one - middle)));
  return (value - middle) / Math.max(floor, spread);
}

export type AnomalyOptions = {
  /** Points looked back on. */
  window?: number;
  /** Points needed before anything is judged. */
  least?: number;
  /** |z| from which a point is out of line. */
  limit?: number;
  /** Smallest spread of the logarithm taken for normal. */
  floor?: number;
  /** Points of quiet after which a new anomaly is told apart from the last one. */
  quiet?: number;
  /** Season's length in points (24 for hours, 7 for days); each phase is first set against its own median. */
  season?: number;
};

/** `at`: index of the first point out of line; `z` its robust z; `direction` of the change. */
export type Anomaly = { at: number; z: number; direction: 'up' | 'down' };

/**
 * Points of a positive series (prices, rates, counts) that are out of line with those before them: robust z of the
 * logarithm with a floor. A lasting change is reported once, at its start. Absent values are null and judged by nobody.
 */
export function findAnomalies(series: readonly (number | null)[], options: AnomalyOptions = {}): Anomaly[] {
  const { window = 84, least = 24, limit = 5, floor = 0.05, quiet = 12, season = 0 } = options;
  const found: Anomaly[] = [];
  const logs = series.map((value) => (value === null || value <= 0 ? null : Math.log(value)));
  let lastOut = -Infinity;
  for (let at = 0; at < logs.length; at += 1) {
    const now = logs[at];
    if (now === null || now === undefined) continue;
    const from = Math.max(0, at - window);
    const shift = season > 1 ? seasonalShift(logs, at, from, season) : 0;
    const before: number[] = [];
    for (let back = from; back < at; back += 1) {
      const value = logs[back];
      if (value === null || value === undefined) continue;
      before.push(season > 1 ? value - seasonalShift(logs, back, from, season, at) : value);
    }
    if (before.length < least) continue;
    const z = robustZ(now - shift, before, floor);
    if (Math.abs(z) <= limit) continue;
    if (at - lastOut > quiet) found.push({ at, z, direction: z > 0 ? 'up' : 'down' });
    lastOut = at;
  }
  return found;
}

/** Median of a point's own phase within the window, shrunk towards none by how few there are. */
function seasonalShift(logs: readonly (number | null)[], at: number, from: number, season: number, until = at): number {
  const same: number[] = [];
  const all: number[] = [];
  for (let back = from; back < until; back += 1) {
    const value = logs[back];
    if (value === null || value === undefined) continue;
    all.push(value);
    if ((back - at) % season === 0 && back !== at) same.push(value);
  }
  if (same.length < 2) return 0;
  return (median(same) - median(all)) * (same.length / (same.length + 2));
}
