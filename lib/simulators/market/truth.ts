import { seeded } from './rng';
import type { AccountTruth, AdSetTruth, CreativeRole, CreativeTruth, MarketSpread } from './types';

/** Rough price level of one US dollar, so that a yen account looks like a yen account. */
const UNITS_PER_USD: Record<string, number> = {
  EUR: 0.92,
  GBP: 0.79,
  JPY: 150,
  BRL: 5.4,
  CLP: 940,
  COP: 4100,
  MXN: 18,
  IDR: 15_800,
  KRW: 1380,
  HUF: 360,
  INR: 84,
  VND: 25_000,
  TWD: 32,
  ISK: 138,
  CRC: 515,
  PYG: 7600,
  SEK: 10.6,
  PLN: 4,
  CHF: 0.88,
};

/** Local currency units that buy about what a dollar buys. */
export function unitsPerUsd(currency: string): number {
  return UNITS_PER_USD[currency] ?? 1;
}

type AccountDraw = { seed: number; currency: string; minorPerMajor: number; spread: MarketSpread };

/** The hidden rates of an account. Planted shops are healthy; wild markets use the wide ranges. */
export function drawAccountTruth({ seed, currency, minorPerMajor, spread }: AccountDraw): AccountTruth {
  const rng = seeded(seed, 'account');
  const money = unitsPerUsd(currency) * minorPerMajor;
  const isWild = spread === 'wild';

  return {
    linkCtr: isWild ? clamp(rng.logNormal(0.45, 0.012), 0.005, 0.03) : rng.between(0.014, 0.019),
    cpmMinor: (isWild ? clamp(rng.logNormal(0.4, 13.5), 5, 30) : rng.between(8.5, 11)) * money,
    leadRate: isWild ? clamp(rng.logNormal(0.4, 0.09), 0.03, 0.15) : rng.between(0.08, 0.11),
    saleRate: isWild ? clamp(rng.logNormal(0.5, 0.025), 0.01, 0.08) : rng.between(0.032, 0.042),
    formLeadRate: isWild ? clamp(rng.logNormal(0.4, 0.1), 0.03, 0.2) : rng.between(0.09, 0.12),
    landingRate: rng.between(0.74, 0.88),
    orderMedianMinor: rng.between(30, 48) * money,
    referenceDailyMinor: rng.between(26, 36) * money,
    driftPhase: rng.between(0, 2 * Math.PI),
  };
}

/** An ad set differs from its account by tens of per cent, less in a planted market. */
export function drawAdSetTruth(seed: number, ordinal: number, spread: MarketSpread): AdSetTruth {
  const rng = seeded(seed, 'adset', ordinal);
  const sigma = spread === 'wild' ? 0.2 : 0.07;
  return {
    ctr: rng.logNormal(sigma),
    cvr: rng.logNormal(sigma),
    price: rng.logNormal(sigma),
    elasticity: rng.between(0.16, 0.3),
  };
}

function roleOf(indexInSet: number, isFirstCreative: boolean, spread: MarketSpread): CreativeRole {
  if (spread === 'wild') return 'drawn';
  if (!isFirstCreative || indexInSet > 2) return 'average';
  return indexInSet === 2 ? 'bad' : 'decent';
}

type CreativeDraw = {
  seed: number;
  adSetOrdinal: number;
  adOrdinal: number;
  indexInSet: number;
  creativeIndex: number;
  spread: MarketSpread;
};

/** A creative's quality. Higher click rates convert a little worse on average. */
export function drawCreativeTruth(draw: CreativeDraw): CreativeTruth {
  const rng = seeded(draw.seed, 'creative', draw.adOrdinal, draw.creativeIndex);
  const role = roleOf(draw.indexInSet, draw.creativeIndex === 0, draw.spread);
  const fatigue = rng.between(0.3, 0.5);

  if (role === 'bad') return { role, ctr: 0.2 * rng.between(0.92, 1.08), cvr: rng.between(0.85, 0.97), fatigue };

  const sigma = creativeSigma(role, draw);
  const tilt = sigma * rng.normal();
  const ctr = Math.exp(tilt) * (role === 'average' ? 0.95 : 1);
  const cvr = Math.exp(-0.25 * tilt + 0.5 * sigma * rng.normal());
  return { role, ctr, cvr, fatigue };
}

function creativeSigma(role: CreativeRole, draw: CreativeDraw): number {
  if (role === 'decent') return 0.05;
  if (role === 'average') return 0.08;
  // A third of real tests are practically ties; the spread belongs to the test, not to the ad.
  const ofTest = seeded(draw.seed, 'test', draw.adSetOrdinal);
  return ofTest.unit() < 1 / 3 ? 0.025 : ofTest.between(0.1, 0.35);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
