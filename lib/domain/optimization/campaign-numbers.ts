import { reportedShare } from '../statistics/delay-curve';
import { addDays, daysBetween } from '../time';
import type { AdSetState, OptimizationEvidence } from './types';

/** Sums over a stretch of complete account days. */
export type Numbers = {
  since: string;
  until: string;
  /** Days with spend. */
  days: number;
  spendMinor: number;
  clicks: number;
  results: number;
  /** Spend weighted by the share of its results already reported: what the results so far can be held against. */
  reportedSpendMinor: number;
};

/** Adds up every ad of these ad sets from `since` to `until` (account days, both included). */
export function numbersOf(
  evidence: OptimizationEvidence,
  adSets: readonly AdSetState[],
  since: string,
  until: string,
): Numbers {
  const total = { since, until, days: 0, spendMinor: 0, clicks: 0, results: 0, reportedSpendMinor: 0 };
  const seen = new Set<string>();
  for (const adSet of adSets)
    for (const ad of adSet.ads)
      for (const day of ad.days) {
        if (day.day < since || day.day > until || day.spendMinor <= 0n) continue;
        seen.add(day.day);
        total.spendMinor += Number(day.spendMinor);
        total.clicks += day.clicks;
        total.results += day.results ?? 0;
        if (day.results !== null)
          total.reportedSpendMinor += Number(day.spendMinor) * reportedShare(daysBetween(day.day, evidence.today));
      }
  return { ...total, days: seen.size };
}

/** The last `count` complete days that are at least `age` days old. */
export function lastDays(
  evidence: OptimizationEvidence,
  adSets: readonly AdSetState[],
  count: number,
  age = 1,
): Numbers {
  const newest = addDays(evidence.today, -Math.max(age, 1));
  const until = newest < evidence.dataThrough ? newest : evidence.dataThrough;
  return numbersOf(evidence, adSets, addDays(until, 1 - count), until);
}

/** Ad sets with at least one ad that is being shown. */
export function runningAdSets(evidence: OptimizationEvidence): AdSetState[] {
  return evidence.adSets.filter((adSet) => adSet.ads.some((ad) => ad.status === 'delivering'));
}

/**
 * What one result may cost before it loses money, minor units; null while value or margin is unknown. Only a sale is
 * worth what a customer is worth: nobody knows how many leads, messages or calls become one.
 */
export function breakEvenMinor(evidence: OptimizationEvidence): number | null {
  if (evidence.goal !== 'SALES') return null;
  if (!evidence.resultValue || evidence.marginPercent === null) return null;
  if (evidence.resultValue.currency !== evidence.envelope.monthlyCeiling.currency) return null;
  return (Number(evidence.resultValue.minor) * evidence.marginPercent) / 100;
}

/** True when nearly all of the budget was spent on the last seven complete days: only then can more of it help. */
export function usesItsBudget(evidence: OptimizationEvidence, adSets: readonly AdSetState[]): boolean {
  const week = lastDays(evidence, adSets, 7);
  const daily = adSets.reduce((sum, adSet) => sum + Number(adSet.dailyBudget.minor), 0);
  return week.spendMinor >= 0.85 * 7 * daily;
}
