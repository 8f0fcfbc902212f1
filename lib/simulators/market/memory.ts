import { emptyBudgetState } from './budget';
import { hashOf } from './rng';
import { drawAdSetTruth, drawCreativeTruth } from './truth';
import type {
  AdSetState,
  AdState,
  BudgetState,
  CreativeTruth,
  MarketAd,
  MarketAdSet,
  MarketInput,
  MarketState,
} from './types';

export function truthOf(adState: AdState, ad: MarketAd, adSet: MarketAdSet, input: MarketInput): CreativeTruth {
  const known = adState.truths[ad.creativeKey];
  if (known) return known;

  const drawn = drawCreativeTruth({
    seed: input.seed,
    adSetOrdinal: adSet.ordinal,
    adOrdinal: ad.ordinal,
    indexInSet: ad.indexInSet,
    creativeIndex: Object.keys(adState.truths).length,
    spread: input.spread,
  });
  adState.truths[ad.creativeKey] = drawn;
  // People have not seen a new creative yet, and the platform knows nothing about it.
  adState.memoryImpressions = 0;
  adState.beliefImpressions = 0;
  adState.beliefClicks = 0;
  adState.beliefResults = 0;
  return drawn;
}

/** The hidden quality of an ad as it runs now, drawn if it never ran. */
export function creativeTruth(state: MarketState, input: MarketInput, adSet: MarketAdSet, ad: MarketAd): CreativeTruth {
  return truthOf(adState(state, input, adSet, ad), ad, adSet, input);
}

export function budgetState(state: MarketState, key: string): BudgetState {
  const known = state.budgets[key];
  if (known) return known;
  const made = emptyBudgetState();
  state.budgets[key] = made;
  return made;
}

export function adSetState(state: MarketState, input: MarketInput, adSet: MarketAdSet): AdSetState {
  const known = state.adSets[adSet.key];
  if (known) return known;
  const made: AdSetState = {
    truth: drawAdSetTruth(input.seed, adSet.ordinal, input.spread),
    learningSinceMs: adSet.significantEditMs,
    learningEvents: 0,
    learnedAtMs: null,
    lastDeliveryMs: null,
  };
  state.adSets[adSet.key] = made;
  return made;
}

export function adState(state: MarketState, input: MarketInput, adSet: MarketAdSet, ad: MarketAd): AdState {
  const known = state.ads[ad.key];
  if (known) return known;
  const made: AdState = {
    truths: {},
    spendCarry: 0,
    beliefImpressions: 0,
    beliefClicks: 0,
    beliefResults: 0,
    memoryImpressions: 0,
    memoryBucket: 0,
    trueResults: 0,
    lostResults: 0,
    nextConversion: hashOf(input.seed, adSet.ordinal, ad.ordinal) % 1000,
  };
  state.ads[ad.key] = made;
  return made;
}
