import type { AccountTruth, Conversion, HourCell, MarketState } from './types';

export { type AccountClock, accountClock, dayToIso, isoToDay, type LocalHour } from './account-clock';
export { advanceMarket } from './advance';
export { creativeTruth } from './memory';
export { distinctPeople, poolOf, unionOfPeople } from './reach';
export { hashOf, type Rng, seeded } from './rng';
export { drawAccountTruth, unitsPerUsd } from './truth';
export type * from './types';
export { SHOCK_KINDS } from './types';

/** A market that has delivered nothing yet. */
export function newMarket(truth: AccountTruth, nextBucket: number): MarketState {
  return { truth, budgets: {}, adSets: {}, ads: {}, campaignSpentMinor: {}, spentMinor: 0, nextBucket };
}

/** An empty history of one ad. */
export type AdDelivery = { buckets: number[]; cells: HourCell[]; conversions: Conversion[] };
