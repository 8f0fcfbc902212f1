import { type Random, randomFrom } from '../../../lib/domain/statistics/random';
import type { Unusual } from './families';
import { drawShocks, type Shock, type ShockKind } from './shocks';

/** What a market is made of; every number is drawn anew per market, so that no policy can lean on one of them. */
export const TICKS_PER_DAY = 6;
export const MARKET_DAYS = 56;

export type MarketOptions = {
  seed: number;
  /** Nothing to find: ad sets and creatives are all alike. */
  equal?: boolean;
  /** No shock at all, or exactly this one. */
  shocks?: 'none' | ShockKind;
  /** False: edits cost nothing. */
  learning?: boolean;
  /** Scales how unlike ad sets and creatives are; 1 when left out. */
  spread?: number;
  /** Number of ads of each ad set, and the whole daily budget in minor units; drawn when left out. */
  shape?: readonly number[];
  dailyMinor?: number;
  unusual?: Unusual;
};

export type Creative = {
  id: string;
  ctr: number;
  cvr: number;
  /** Exponent of the click likelihood's fall with exposures. */
  wear: number;
  /** Showings still remembered. */
  seen: number;
  disapproved: boolean;
};
export type Ad = { key: string; creative: Creative; on: boolean; shown: number; clicked: number };
export type MarketSet = {
  key: string;
  budget: number;
  on: boolean;
  ads: Ad[];
  stock: Creative[];
  /** Minor units per 1000 showings, results per click, at the reference budget. */
  price: number;
  cvr: number;
  reference: number;
  audience: number;
  priceExponent: number;
  rateExponent: number;
  /** 1 = just begun, 0 = learned. */
  unlearned: number;
  offTicks: number;
};

export type Drawn = {
  sets: MarketSet[];
  margin: number;
  /** Mean order value, minor units. */
  value: number;
  /** Highest total a day, minor units. */
  total: number;
  shocks: Shock[];
  /** How much dearer learning is, and what a 20 % edit adds to it. */
  learningCost: number;
  editCost: number;
  /** Share of showings' memory kept per tick. */
  memory: number;
  /** Share of results reported k ticks after the click; what is left never is. */
  arrival: number[];
  hours: number[];
  weekdays: number[];
  /** How strongly and how surely the platform prefers the ads it believes in. */
  preference: number;
  beliefNoise: number;
  dayNoise: number;
  driftNoise: number;
  /** Spread of the logarithm of an order's value. */
  orders: number;
};

export function drawMarket(options: MarketOptions): Drawn {
  const random = randomFrom(options.seed);
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const around = (median: number, spread: number) => median * Math.exp(spread * random.normal());
  const spread = options.equal ? 0 : (options.spread ?? 1);
  const { shape, unusual = {} } = options;
  const campaigns = 1 + Math.floor(random.uniform() * 3);
  const drawnCount = Array.from({ length: campaigns }, () => 1 + Math.floor(random.uniform() * 4)).reduce(
    (a, b) => a + b,
    0,
  );
  const count = shape?.length ?? unusual.adSets ?? drawnCount;
  const drawnTotal = Math.round(100 * Math.max(Math.min(around(95, 0.8), 1000), 25, 5 * count) * (unusual.money ?? 1));
  const total = options.dailyMinor ?? drawnTotal;
  const margin = between(...(unusual.margin ?? [0.35, 0.75]));
  const account = {
    cvr: clamp(around(0.026, 0.4), 0.01, 0.08),
    ctr: clamp(around(0.012, 0.35), 0.005, 0.03),
    price: clamp(around(1300, 0.3), 500, 3000),
    spread,
    ctrSpread: between(0.1, 0.3),
    cvrSpread: between(0.15, 0.45),
    priceSpread: between(0.1, 0.25),
    slope: between(0.12, 0.32) * (unusual.slope ?? 1),
    frequency: around(2, 0.4),
    wear: unusual.wear ?? 1,
  };
  account.cvr *= unusual.results ?? 1;
  const sets = Array.from({ length: count }, (_, index) =>
    drawSet(random, `s${index}`, total / count, account, { even: shape?.[index], ads: shape?.[index] ?? unusual.ads }),
  );
  const clickCost = account.price / 1000 / account.ctr;
  const days = between(0.8, 1.6) * (unusual.delay ?? 1);
  const learning = options.learning === false ? 0 : (unusual.learning ?? 1);
  const weather = unusual.weather ?? 1;
  return {
    sets,
    margin,
    total: sets.reduce((sum, set) => sum + set.budget, 0),
    value: (clamp(around(2.1, 0.4), 0.7, 5) * (unusual.worth ?? 1) * clickCost) / account.cvr,
    shocks: drawShocks(randomFrom(options.seed * 7 + 5), options.shocks ?? null, sets.length),
    learningCost: learning && learning * between(0.2, 0.5),
    editCost: learning && learning * between(0.08, 0.25),
    memory: 0.5 ** (1 / (TICKS_PER_DAY * between(14, 35))),
    arrival: drawArrival(between(0.3, 0.45), days, 1 - (unusual.unreported ?? 0.05)),
    hours: normalised([0.42, 0.62, 1.1, 1.3, 1.45, 1.1].map((weight) => around(weight, 0.12))),
    weekdays: normalised([1.03, 1.06, 1.08, 1.05, 1.0, 0.92, 0.86].map((weight) => around(weight, 0.03))).map(
      (weight) => (unusual.flatWeek ? 1 : weight),
    ),
    preference: between(0.8, 1.8),
    beliefNoise: between(0.05, 0.25),
    dayNoise: weather * between(0.04, 0.1),
    driftNoise: weather * between(0.005, 0.018),
    orders: unusual.orders ?? 0.7,
  };
}

type Account = {
  cvr: number;
  ctr: number;
  price: number;
  spread: number;
  ctrSpread: number;
  cvrSpread: number;
  priceSpread: number;
  slope: number;
  frequency: number;
  wear: number;
};

function drawSet(
  random: Random,
  key: string,
  share: number,
  account: Account,
  { even, ads }: { even: number | undefined; ads: number | undefined },
): MarketSet {
  const { spread } = account;
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const ctr = account.ctr * Math.exp(account.ctrSpread * spread * random.normal());
  // A third of all tests are practically ties; visual ads differ a little more than headlines.
  const width = spread * (random.uniform() < 1 / 3 ? 0.03 : between(0.12, 0.45));
  const creative = (id: string, mean: number): Creative => {
    const quality = mean + width * random.normal();
    return {
      id,
      ctr: ctr * Math.exp(quality),
      cvr: Math.exp(spread * -0.2 * quality + 0.6 * width * random.normal()),
      wear: account.wear * clamp(0.43 * Math.exp(0.3 * spread * random.normal()), 0.15, 0.9),
      seen: 0,
      disapproved: false,
    };
  };
  const uneven = Math.exp(0.25 * random.normal());
  const budget = Math.max(300, Math.round(even === undefined ? share * uneven : share));
  const slope = account.slope * between(0.8, 1.2);
  const priceShare = between(0.4, 0.75);
  return {
    key,
    budget,
    on: true,
    ads: Array.from({ length: ads ?? 2 + Math.floor(random.uniform() * 3) }, (_, ad) => ({
      key: `${key}a${ad}`,
      creative: creative(`${key}a${ad}c0`, 0),
      on: true,
      shown: 0,
      clicked: 0,
    })),
    stock: Array.from({ length: 1 + Math.floor(random.uniform() * 3) }, (_, at) =>
      creative(`${key}stock${at}`, -0.05 * spread),
    ),
    price: account.price * Math.exp(account.priceSpread * spread * random.normal()),
    cvr: account.cvr * Math.exp(account.cvrSpread * spread * random.normal()),
    reference: budget,
    audience: (((budget * MARKET_DAYS) / account.price) * 1000) / (account.frequency * Math.exp(0.4 * random.normal())),
    priceExponent: slope * priceShare,
    rateExponent: slope * (1 - priceShare),
    unlearned: 1,
    offTicks: 0,
  };
}

/** At once within hours, two thirds within a day or so, the rest fading over a week; a few per cent never. */
function drawArrival(atOnce: number, days: number, reported: number): number[] {
  const rest = reported - atOnce;
  const shape = Array.from({ length: 41 }, (_, index) => {
    const age = (index + 1) / TICKS_PER_DAY;
    return 0.75 * Math.exp(-age / (0.45 * days)) + 0.06 * Math.exp(-age / (3 * days));
  });
  const sum = shape.reduce((a, b) => a + b, 0);
  return [atOnce, ...shape.map((one) => (rest * one) / sum)];
}

function normalised(weights: number[]): number[] {
  const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
