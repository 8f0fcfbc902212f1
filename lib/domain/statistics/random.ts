import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded draws: the same seed gives the same sequence on every machine. */
export type Random = {
  uniform(): number;
  normal(): number;
  gamma(shape: number, rate: number): number;
  poisson(mean: number): number;
};

export function randomFrom(seed: number): Random {
  const source = xoroshiro128plus(scrambled(seed | 0));
  // The generator's first outputs still resemble its seed.
  for (let i = 0; i < 8; i += 1) source.next();
  const uniform = () => uniformFloat64(source);

  function normal(): number {
    // Box-Muller; 1 - u keeps the logarithm finite.
    return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  }

  /** Marsaglia and Tsang (2000). */
  function gamma(shape: number, rate: number): number {
    if (shape < 1) return gamma(shape + 1, rate) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate;
    }
  }

  function poisson(mean: number): number {
    if (mean <= 0) return 0;
    // Half of a large count comes from its gamma-distributed middle event, the rest recursively (Ahrens and Dieter).
    if (mean > 30) {
      const m = Math.floor((mean * 7) / 8);
      const x = gamma(m, 1);
      if (x <= mean) return m + poisson(mean - x);
      return binomial(m - 1, mean / x);
    }
    const limit = Math.exp(-mean);
    let k = 0;
    for (let p = uniform(); p > limit; p *= uniform()) k += 1;
    return k;
  }

  function binomial(n: number, p: number): number {
    let k = 0;
    for (let i = 0; i < n; i += 1) if (uniform() < p) k += 1;
    return k;
  }

  return { uniform, normal, gamma, poisson };
}

/** Neighbouring seeds (days, ticks, shops) must not give neighbouring sequences (finaliser of MurmurHash3). */
function scrambled(seed: number): number {
  let mixed = seed ^ 0x5bd1e995;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
