import { reportedShare } from '../statistics/delay-curve';
import { type LogBelief, logGammaBelief, productOf } from '../statistics/log-belief';
import { daysBetween } from '../time';
import { CLICK_PRIOR_EVENTS, CLICK_QUALITY_SLOPE, RESULT_PRIOR_EVENTS } from './constants';
import type { AdDay, AdState, OptimizationEvidence } from './types';

/** What one ad brings for its money against the average of its group (0 on the logarithm = average). */
export type AdWorth = {
  ad: AdState;
  worth: LogBelief;
  impressions: number;
  clicks: number;
  results: number | null;
  spendMinor: bigint;
  /** Clicks an average ad of the group would have had with the same money on the same days. */
  expectedClicks: number;
  /** Days with delivery of the current creative. */
  daysRunning: number;
};

/** Pseudo-clicks with which one day's price of a click is pulled towards the whole window's. */
const DAY_PRIOR_CLICKS = 8;
const REMEMBERED = new WeakMap<OptimizationEvidence, number | null>();

/** True where results are counted at all; otherwise clicks have to decide. */
export function countsResults(evidence: OptimizationEvidence): boolean {
  if (evidence.goal === 'TRAFFIC') return false;
  return evidence.adSets.some((adSet) => adSet.ads.some((ad) => ad.days.some((day) => day.results !== null)));
}

/**
 * Worth per money of every ad of one group: clicks against the group's own day (season and price shocks cancel), times
 * results per click against the account, both shrunken. Results are held against clicks as far as they can already have
 * been reported, so a late result is not a missing one.
 */
export function adWorths(evidence: OptimizationEvidence, ads: readonly AdState[]): AdWorth[] {
  const windows = ads.map((ad) => ({ ad, days: currentDays(ad, evidence) }));
  const priceOfDay = clickPrices(windows.map((one) => one.days));
  const counted = countsResults(evidence);
  const perClick = counted ? resultsPerClick(evidence) : null;
  return windows.map(({ ad, days }) => {
    const clicks = sum(days, (day) => day.clicks);
    const expectedClicks = sum(days, (day) => Number(day.spendMinor) * (priceOfDay.get(day.day) ?? 0));
    const clickBelief = logGammaBelief(CLICK_PRIOR_EVENTS + clicks, CLICK_PRIOR_EVENTS + expectedClicks);
    const results = counted ? sum(days, (day) => day.results ?? 0) : null;
    const resultBelief =
      results === null || perClick === null
        ? { mean: 0, variance: 0 }
        : resultWorth(results, sum(days, (day) => countableClicks(day, evidence.today)) * perClick, clickBelief.mean);
    return {
      ad,
      clicks,
      results,
      expectedClicks,
      worth: productOf(clickBelief, resultBelief),
      daysRunning: days.length,
      impressions: sum(days, (day) => day.impressions),
      spendMinor: days.reduce((total, day) => total + day.spendMinor, 0n),
    };
  });
}

function resultWorth(results: number, expected: number, logClicks: number): LogBelief {
  const belief = logGammaBelief(RESULT_PRIOR_EVENTS + results, RESULT_PRIOR_EVENTS + expected);
  // The slope stands for what the ad's own results have not yet shown.
  const unseen = RESULT_PRIOR_EVENTS / (RESULT_PRIOR_EVENTS + expected);
  return { mean: belief.mean - CLICK_QUALITY_SLOPE * logClicks * unseen, variance: belief.variance };
}

/** Complete days of the creative the ad shows now, up to the last complete day (or its pause). */
function currentDays(ad: AdState, evidence: OptimizationEvidence): readonly AdDay[] {
  return ad.days.filter(
    (day) =>
      day.day >= ad.creativeSince && day.day <= evidence.dataThrough && day.day < evidence.today && day.impressions > 0,
  );
}

/** Clicks per minor unit of money, per day, pulled towards the window's mean. */
function clickPrices(windows: readonly (readonly AdDay[])[]): Map<string, number> {
  const days = windows.flat();
  const clicks = sum(days, (day) => day.clicks);
  const spend = sum(days, (day) => Number(day.spendMinor));
  const prices = new Map<string, number>();
  if (spend <= 0 || clicks <= 0) return prices;
  const mean = clicks / spend;
  const totals = new Map<string, { clicks: number; spend: number }>();
  for (const day of days) {
    const total = totals.get(day.day);
    if (total) {
      total.clicks += day.clicks;
      total.spend += Number(day.spendMinor);
    } else {
      totals.set(day.day, { clicks: day.clicks, spend: Number(day.spendMinor) });
    }
  }
  for (const [day, total] of totals)
    prices.set(day, (total.clicks + DAY_PRIOR_CLICKS) / (total.spend + DAY_PRIOR_CLICKS / mean));
  return prices;
}

/** Account-wide results per fully reported click; null while there is none. Remembered per evidence: every ad set asks. */
function resultsPerClick(evidence: OptimizationEvidence): number | null {
  const known = REMEMBERED.get(evidence);
  if (known !== undefined) return known;
  const rate = countResultsPerClick(evidence);
  REMEMBERED.set(evidence, rate);
  return rate;
}

function countResultsPerClick(evidence: OptimizationEvidence): number | null {
  let results = 0;
  let clicks = 0;
  for (const adSet of evidence.adSets)
    for (const ad of adSet.ads)
      for (const day of ad.days) {
        if (day.day > evidence.dataThrough || day.results === null) continue;
        results += day.results;
        clicks += countableClicks(day, evidence.today);
      }
  return clicks > 0 ? results / clicks : null;
}

/** Clicks of a day whose results can already be known; none where nothing was counted (tracking lost). */
function countableClicks(day: AdDay, today: string): number {
  return day.results === null ? 0 : day.clicks * reportedShare(daysBetween(day.day, today));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
