import { isOnPlatform } from './conversions';
import { type Hour, shockFactor } from './hour';
import { learningLeft } from './learning';
import { clickSeason, conversionSeason, drift, weekdayVolume } from './season';
import type { AdSetState, AdState, CreativeTruth, MarketAdSet, MarketGoal, MarketState } from './types';

/** Writing a line or installing takes less of a person than filling in a form. */
const CONVERSATIONS_PER_FORM = 2;
const INSTALLS_PER_FORM = 1.5;
const LEARNING_PENALTY = 0.28;
/** An exposure is forgotten with this half-life. */
const MEMORY_HOURS = 21 * 24;

const GOALS: Record<MarketGoal, { price: number; ctr: number; cvr: number }> = {
  conversions: { price: 1, ctr: 1, cvr: 1 },
  value: { price: 1.1, ctr: 0.95, cvr: 0.95 },
  landing: { price: 0.8, ctr: 1.15, cvr: 0.5 },
  clicks: { price: 0.75, ctr: 1.25, cvr: 0.4 },
  reach: { price: 0.5, ctr: 0.5, cvr: 0.5 },
};

export type Rates = { cpm: number; ctr: number; cvr: number; events: number };

/** Results per click in an average ad set of this account. */
export function resultRate(state: MarketState, adSet: MarketAdSet): number {
  if (adSet.result === 'purchase') return state.truth.saleRate;
  if (adSet.result === 'form_lead') return state.truth.formLeadRate;
  if (adSet.result === 'conversation') return Math.min(0.5, state.truth.formLeadRate * CONVERSATIONS_PER_FORM);
  if (adSet.result === 'install') return Math.min(0.5, state.truth.formLeadRate * INSTALLS_PER_FORM);
  if (adSet.result === 'none') return 0;
  return state.truth.leadRate;
}

type RateTurn = {
  state: MarketState;
  one: { adSet: MarketAdSet; state: AdSetState };
  hour: Hour;
  dailyRateMinor: number;
};

/** Price, click rate and result rate of an ad set in one hour, before its ads differ. */
export function ratesOf({ state, one, hour, dailyRateMinor }: RateTurn): Rates {
  const { truth } = one.state;
  const goal = GOALS[one.adSet.goal];
  const { local } = hour;
  const pressure = Math.min(12, Math.max(0.15, dailyRateMinor / state.truth.referenceDailyMinor));
  const learning = 1 + LEARNING_PENALTY * learningLeft(one.state, hour);

  return {
    cpm:
      state.truth.cpmMinor *
      truth.price *
      goal.price *
      hour.dayPrice *
      learning *
      pressure ** (truth.elasticity * 0.55) *
      drift(local.day, state.truth.driftPhase) *
      Math.max(0.2, 2 - weekdayVolume(local.weekday, state.truth.season)) *
      shockFactor(hour, 'price', one.adSet.key, 1.6),
    ctr:
      state.truth.linkCtr *
      truth.ctr *
      goal.ctr *
      hour.dayCtr *
      clickSeason(local.hour) *
      shockFactor(hour, 'click_drop', one.adSet.key, 0.5),
    cvr:
      resultRate(state, one.adSet) *
      truth.cvr *
      goal.cvr *
      hour.dayCvr *
      conversionSeason(local.weekday, local.hour, state.truth.season) *
      pressure ** (truth.elasticity * -0.45) *
      shopFactor(one.adSet, hour) *
      shockFactor(hour, 'conversion_drop', one.adSet.key, 0.5),
    events: learning,
  };
}

/** A shop that is down, or cannot take money, sells nothing; forms and conversations on the platform go on. */
function shopFactor(adSet: MarketAdSet, hour: Hour): number {
  if (isOnPlatform(adSet.result)) return 1;
  const takesMoney = adSet.result === 'purchase' ? shockFactor(hour, 'checkout_broken', adSet.key, 0) : 1;
  return takesMoney * shockFactor(hour, 'shop_down', adSet.key, 0);
}

/** Clicks fall as (earlier exposures + 1) to a negative power; memory fades over weeks. */
export function fatigueOf(
  adState: AdState,
  truth: CreativeTruth,
  audience: number,
  hour: Hour,
  adSetKey: string,
): number {
  const hours = Math.max(0, hour.bucket - adState.memoryBucket);
  adState.memoryImpressions *= 0.5 ** (hours / MEMORY_HOURS);
  adState.memoryBucket = hour.bucket;
  return (1 + adState.memoryImpressions / audience) ** (-truth.fatigue * shockFactor(hour, 'fatigue', adSetKey, 2.5));
}
