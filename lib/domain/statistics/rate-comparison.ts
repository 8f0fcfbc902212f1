import { normalCdf } from './quantiles';

/** P(X <= k) of a binomial count. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  // With the continuity correction the normal form is within 0.001 here.
  if (n * p * (1 - p) > 400) return normalCdf((k + 0.5 - n * p) / Math.sqrt(n * p * (1 - p)));
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i += 1) {
    logTerm += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

export type CountedRate = { events: number; exposure: number };

/**
 * Two-sided p-value that two Poisson counts come from the same rate, exact given their sum (the first is then
 * binomial). 1 where there is nothing to compare.
 */
export function samePoissonRate(a: CountedRate, b: CountedRate): number {
  const total = a.events + b.events;
  const exposure = a.exposure + b.exposure;
  if (total === 0 || a.exposure <= 0 || b.exposure <= 0) return 1;
  const share = a.exposure / exposure;
  const lower = binomialCdf(a.events, total, share);
  const upper = 1 - binomialCdf(a.events - 1, total, share);
  return Math.min(1, 2 * Math.min(lower, upper));
}
