import jstat from 'jstat';

/** The few functions we take from jstat, typed; its own random source is never used. */
type Library = {
  gamma: { cdf(x: number, shape: number, scale: number): number; inv(p: number, shape: number, scale: number): number };
  beta: { cdf(x: number, alpha: number, beta: number): number; inv(p: number, alpha: number, beta: number): number };
};
// The package is CommonJS without types: depending on the loader the functions are the default export or inside it.
const loaded = jstat as unknown as Library & { jStat?: Library };
const library: Library = loaded.jStat ?? loaded;

/** P(X <= x) of a gamma variable with this shape and rate (events per exposure). */
export function gammaCdf(x: number, shape: number, rate: number): number {
  return x <= 0 ? 0 : library.gamma.cdf(x, shape, 1 / rate);
}

export function gammaQuantile(p: number, shape: number, rate: number): number {
  return library.gamma.inv(p, shape, 1 / rate);
}

export function betaCdf(x: number, alpha: number, beta: number): number {
  return x <= 0 ? 0 : x >= 1 ? 1 : library.beta.cdf(x, alpha, beta);
}

export function betaQuantile(p: number, alpha: number, beta: number): number {
  return library.beta.inv(p, alpha, beta);
}
