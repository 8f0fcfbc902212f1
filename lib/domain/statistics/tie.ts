/** Estimates on the logarithm with the variance of each from counting alone. */
export type Estimate = { log: number; variance: number };

/**
 * Posterior chance that all estimates share one true value, against a world where true values spread with `spread`
 * around a common one. About a third of real tests are practically ties; a prior without that mass sees winners in noise.
 */
export function chanceOfTie(estimates: readonly Estimate[], spread: number, priorTie: number): number {
  const tie = logEvidence(estimates, 0);
  const different = logEvidence(estimates, spread * spread);
  const odds = (priorTie / (1 - priorTie)) * Math.exp(tie - different);
  return odds / (1 + odds);
}

/** Log marginal likelihood with the common value integrated out under a flat prior (constants shared by both worlds dropped). */
function logEvidence(estimates: readonly Estimate[], between: number): number {
  const weights = estimates.map((one) => 1 / (one.variance + between));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = estimates.reduce((sum, one, index) => sum + one.log * (weights[index] ?? 0), 0) / total;
  const fit = estimates.reduce((sum, one, index) => sum + (weights[index] ?? 0) * (one.log - mean) ** 2, 0);
  const volume = weights.reduce((sum, weight) => sum + Math.log(weight), 0) - Math.log(total);
  return 0.5 * (volume - fit);
}
