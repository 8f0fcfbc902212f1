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
  /** Points looked back on; 336 = 14 days of hours. */
  window?: number;
  /** Points needed before anything is judged. */
  least?: number;
  /** |z| from which a point is out of line. */
  limit?: number;
  /** Smallest spread of the logarithm taken for normal. */
  floor?: number;
  /** Points of quiet after which a new anomaly is told apart from the last one. */
  quiet?: number;
};

/** `at`: index of the first point out of line; `z` its robust z; `direction` of the change. */
export type Anomaly = { at: number; z: number; direction: 'up' | 'down' };

/**
 * Points of a positive series (prices, rates, counts) that are out of line with those before them: robust z of the
 * logarithm with a floor. A lasting change is reported once, at its start. Absent values are null and judged by nobody.
 */
export function findAnomalies(series: readonly (number | null)[], options: AnomalyOptions = {}): Anomaly[] {
  const { window = 336, least = 48, limit = 5, floor = 0.05, quiet = 24 } = options;
  const found: Anomaly[] = [];
  const logs = series.map((value) => (value === null || value <= 0 ? null : Math.log(value)));
  let lastOut = -Infinity;
  for (let at = 0; at < logs.length; at += 1) {
    const now = logs[at];
    if (now === null || now === undefined) continue;
    const from = Math.max(0, at - window);
    const before: number[] = [];
    for (let back = from; back < at; back += 1) {
      const value = logs[back];
      if (value !== null && value !== undefined) before.push(value);
    }
    if (before.length < least) continue;
    const z = robustZ(now, before, floor);
    if (Math.abs(z) <= limit) continue;
    if (at - lastOut > quiet) found.push({ at, z, direction: z > 0 ? 'up' : 'down' });
    lastOut = at;
  }
  return found;
}
