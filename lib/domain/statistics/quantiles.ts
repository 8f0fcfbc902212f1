/** Upper tail that leaves 10 % on each side: an 80 % interval. */
export const Z_80 = 1.2815515655446004;

/** Standard normal distribution function, absolute error below 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}

/** P(X <= k) of a Poisson count with the given mean. */
export function poissonCdf(k: number, mean: number): number {
  if (k < 0) return 0;
  if (mean <= 0) return 1;
  // Above this the sum is long and the Wilson-Hilferty form of the gamma tail is exact to four digits.
  if (mean > 500) {
    const a = k + 1;
    return 1 - normalCdf((Math.cbrt(mean / a) - (1 - 1 / (9 * a))) * 3 * Math.sqrt(a));
  }
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= k; i += 1) {
    term *= mean / i;
    sum += term;
  }
  return Math.min(1, sum);
}

/** P(X >= k) of a Poisson count. */
export function poissonUpper(k: number, mean: number): number {
  return 1 - poissonCdf(k - 1, mean);
}

// Midpoints of 64 equal slices of a standard normal: enough for whole-number quantiles of a mixture.
const SLICES = 64;
const NORMAL_GRID = Array.from({ length: SLICES }, (_, index) => normalQuantile((index + 0.5) / SLICES));

/** Inverse of the standard normal distribution function by bisection (absolute error below 1e-6). */
export function normalQuantile(p: number): number {
  let low = -9;
  let high = 9;
  for (let i = 0; i < 60; i += 1) {
    const mid = (low + high) / 2;
    if (normalCdf(mid) < p) low = mid;
    else high = mid;
  }
  return (low + high) / 2;
}

/**
 * Smallest whole k with P(X <= k) >= p, where X is Poisson and its mean is log-normal (median, sd of the logarithm):
 * what a count may come to when the rate itself is uncertain.
 */
export function mixedCountQuantile(p: number, median: number, logSd: number): number {
  const means = NORMAL_GRID.map((z) => median * Math.exp(logSd * z));
  const reached = (k: number) => means.reduce((sum, mean) => sum + poissonCdf(k, mean), 0) / SLICES >= p;
  // Beyond this the rate's own spread is all that matters and the Poisson part is under three per cent.
  if (median > 1000) return Math.round(median * Math.exp(logSd * normalQuantile(p)));
  let low = 0;
  let high = Math.max(4, Math.ceil(median * Math.exp(3 * logSd) * 2));
  while (low < high) {
    const mid = Math.floor((low + high) / 2);
    if (reached(mid)) high = mid;
    else low = mid + 1;
  }
  return low;
}
