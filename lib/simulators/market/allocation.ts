import type { AdState } from './types';

const PRIOR_IMPRESSIONS = 900;
const PRIOR_RATE = 0.012;
const PRIOR_CLICKS_FOR_RESULTS = 40;
const EXPLORATION = 0.32;
const SHARPNESS = 1.15;

function belief(ad: AdState, resultRate: number): number {
  const clickRate = (ad.beliefClicks + PRIOR_IMPRESSIONS * PRIOR_RATE) / (ad.beliefImpressions + PRIOR_IMPRESSIONS);
  // Where no result is tracked, clicks are all the platform can believe in.
  if (resultRate <= 0) return clickRate;
  const results =
    (ad.beliefResults + PRIOR_CLICKS_FOR_RESULTS * resultRate) / (ad.beliefClicks + PRIOR_CLICKS_FOR_RESULTS);
  return clickRate * results;
}

/**
 * How the platform splits an ad set's money over its ads: towards those it believes in, never
 * starving one completely. The belief starts equal and follows noisy counts.
 */
export function beliefShares(ads: readonly AdState[], resultRate: number): number[] {
  const weights = ads.map((ad) => belief(ad, resultRate) ** SHARPNESS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => EXPLORATION / ads.length + ((1 - EXPLORATION) * weight) / total);
}
