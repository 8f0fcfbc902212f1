import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of chance. Two with the same seed and labels yield the same numbers. */
export type Rng = {
  unit(): number;
  between(low: number, high: number): number;
  normal(): number;
  logNormal(sigma: number, median?: number): number;
  poisson(mean: number): number;
  binomial(trials: number, probability: number): number;
  pick<T>(items: readonly T[]): T;
};

function mix(hash: number, word: number): number {
  let next = Math.imul(hash ^ word, 0x85ebca6b);
  next ^= next >>> 13;
  next = Math.imul(next, 0xc2b2ae35);
  return next ^ (next >>> 16);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** One 32-bit number out of a seed and labels; stable across processes. */
export function hashOf(seed: number, ...labels: readonly (string | number)[]): number {
  let hash = mix(0x9e3779b9, seed | 0);
  for (const label of labels) {
    hash = mix(hash, typeof label === 'number' ? label | 0 : hashText(label));
  }
  return hash >>> 0;
}

/**
 * Chance that belongs to one purpose only. Keying by purpose (and not drawing from one long
 * stream) keeps one ad's luck the same whatever happens to its neighbours.
 */
export function seeded(seed: number, ...labels: readonly (string | number)[]): Rng {
  const hash = hashOf(seed, ...labels);
  const generator = xoroshiro128plusFromState([mix(hash, 1), mix(hash, 2), mix(hash, 3), mix(hash, 4) | 1]);
  const unit = () => uniformFloat64(generator);
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());

  return {
    unit,
    normal,
    between: (low, high) => low + (high - low) * unit(),
    logNormal: (sigma, median = 1) => median * Math.exp(sigma * normal()),
    poisson: (mean) => drawPoisson(mean, unit, normal),
    binomial: (trials, probability) => drawBinomial(trials, probability, unit, normal),
    pick: (items) => {
      const item = items[Math.floor(unit() * items.length)];
      if (item === undefined) throw new Error('pick from an empty list');
      return item;
    },
  };
}

function drawPoisson(mean: number, unit: () => number, normal: () => number): number {
  if (mean <= 0) return 0;
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));

  let probability = Math.exp(-mean);
  let cumulated = probability;
  let count = 0;
  const target = unit();
  while (target > cumulated && count < 400) {
    count++;
    probability *= mean / count;
    cumulated += probability;
  }
  return count;
}

function drawBinomial(trials: number, probability: number, unit: () => number, normal: () => number): number {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;

  const mean = trials * probability;
  if (mean > 40 && trials - mean > 40) {
    const drawn = Math.round(mean + Math.sqrt(mean * (1 - probability)) * normal());
    return Math.min(trials, Math.max(0, drawn));
  }
  if (probability > 0.5) return trials - drawBinomial(trials, 1 - probability, unit, normal);

  let mass = (1 - probability) ** trials;
  let cumulated = mass;
  let count = 0;
  const odds = probability / (1 - probability);
  const target = unit();
  while (target > cumulated && count < trials) {
    mass *= (odds * (trials - count)) / (count + 1);
    count++;
    cumulated += mass;
  }
  return count;
}
