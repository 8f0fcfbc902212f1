import { daysBetween } from '../../time';
import { countsResults } from '../ad-worth';
import type { AdSetState, AdState, OptimizationEvidence } from '../types';
import type { ArmCounts } from './arm-beliefs';
import { createExperiment, type ExperimentVerdict } from './experiment';
import { planTest } from './plan-test';

/** 'clicks': per showing. 'results': per click, on days whose results are all in. */
export type AdTestMeasure = 'clicks' | 'results';
export type AdTestPlan = {
  adSetKey: string;
  arms: string[];
  measure: AdTestMeasure;
  /** Relative difference it is sized to see four times out of five, and the smallest it could see in `MOST_DAYS`. */
  wantedLift: number;
  detectableLift: number | null;
  /** Account days it collects; results take a week more until they are all in. */
  days: number;
  baseRate: number;
  exposurePerDay: number;
};
export type AdTestAnswer =
  | { plan: AdTestPlan }
  /** `days`: how long it would take at this pace; null = never, or not known yet. */
  | { refused: 'too_small_to_see' | 'needs_two_arms' | 'nothing_comes_in'; days: number | null };

/** Longer than this a season changes under a test. */
export const MOST_DAYS = 28;
const LOOKED_BACK_DAYS = 14;
const WANTED_LIFT = 0.3;

/**
 * Plans a comparison of the ads that run in one group. Where results are counted they decide: a click rate proves nothing
 * about them. The platform, not a lot, decides who sees which ad, so the ad it shows least sets the size.
 */
export function planAdTest(
  evidence: OptimizationEvidence,
  { adSetKey, wantedLift = WANTED_LIFT }: { adSetKey?: string; wantedLift?: number } = {},
): AdTestAnswer {
  const running = (adSet: AdSetState) => adSet.ads.filter((ad) => ad.status === 'delivering');
  const adSet = evidence.adSets.find((one) => (adSetKey ? one.key === adSetKey : running(one).length > 1));
  const ads = adSet ? running(adSet) : [];
  if (!adSet || ads.length < 2) return { refused: 'needs_two_arms', days: null };
  const measure: AdTestMeasure = countsResults(evidence) ? 'results' : 'clicks';
  const seen = ads.map((ad) => countsOf(ad, measure, (day) => daysBetween(day, evidence.today) <= LOOKED_BACK_DAYS));
  const days = Math.max(1, ...ads.map((ad) => Math.min(LOOKED_BACK_DAYS, ad.days.length)));
  const sum = (of: (one: ArmCounts) => number) => seen.reduce((total, one) => total + of(one), 0);
  const exposurePerDay = (Math.min(...seen.map((one) => one.exposure)) / days) * ads.length;
  const baseRate = sum((one) => one.exposure) > 0 ? sum((one) => one.events) / sum((one) => one.exposure) : 0;
  const planned = planTest({ arms: ads.length, baseRate, exposurePerDay, wantedLift, maxDays: MOST_DAYS });
  if (planned.refused || planned.days === null)
    return { refused: planned.refused ?? 'too_small_to_see', days: planned.days };
  return {
    plan: {
      adSetKey: adSet.key,
      arms: ads.map(({ key }) => key),
      measure,
      wantedLift,
      detectableLift: planned.detectableLift,
      days: planned.days,
      baseRate,
      exposurePerDay,
    },
  };
}

export type AdTestStanding = {
  /** 'cancelled': an arm no longer runs, so there is nothing left to compare. */
  state: 'RUNNING' | 'WON' | 'NO_DIFFERENCE' | 'UNDECIDED' | 'CANCELLED';
  verdict: ExperimentVerdict | null;
  counts: ArmCounts[];
};

/** Days after which every result of a click is in. */
const MATURE_DAYS = 7;

/**
 * How a running comparison stands, read anew from the daily rows: one batch an account day, equal whatever the days before
 * brought, judged by the e-process, so that looking every day claims at most 5 % of equal pairs.
 */
export function standingOfAdTest(
  evidence: OptimizationEvidence,
  test: {
    adSetKey: string;
    arms: readonly string[];
    measure: AdTestMeasure;
    startedOn: string;
    endsOn: string;
    seed: number;
  },
): AdTestStanding {
  const home = evidence.adSets.find(({ key }) => key === test.adSetKey);
  const ads = test.arms.map((key) => home?.ads.find((ad) => ad.key === key));
  const lag = test.measure === 'results' ? MATURE_DAYS : 1;
  const isOver = daysBetween(test.endsOn, evidence.today) >= lag;
  const experiment = createExperiment({ arms: ads.length, seed: test.seed, mode: 'both', minLooks: 2 });
  let verdict: ExperimentVerdict | null = null;
  const days = daysOf(ads).filter(
    (day) => day >= test.startedOn && day < test.endsOn && daysBetween(day, evidence.today) >= lag,
  );
  for (const day of days)
    verdict = experiment.add(ads.map((ad) => (ad ? countsOf(ad, test.measure, (one) => one === day) : NOBODY)));
  const counts = ads.map((ad) => (ad ? countsOf(ad, test.measure, (day) => days.includes(day)) : NOBODY));
  const standing = (state: AdTestStanding['state']) => ({ state, verdict, counts });
  if (verdict?.kind === 'claimed') return standing('WON');
  if (!isOver && ads.some((ad) => !ad || ad.status === 'paused' || ad.status === 'paused_by_us'))
    return standing('CANCELLED');
  if (!isOver) return standing('RUNNING');
  return standing(verdict?.kind === 'no_difference' ? 'NO_DIFFERENCE' : 'UNDECIDED');
}

const NOBODY: ArmCounts = { exposure: 0, events: 0 };

function daysOf(ads: readonly (AdState | undefined)[]): string[] {
  return [...new Set(ads.flatMap((ad) => ad?.days.map(({ day }) => day) ?? []))].sort();
}

function countsOf(ad: AdState, measure: AdTestMeasure, on: (day: string) => boolean): ArmCounts {
  return ad.days
    .filter(({ day }) => on(day))
    .reduce(
      (sum, day) => ({
        exposure: sum.exposure + (measure === 'results' ? day.clicks : day.impressions),
        events: sum.events + (measure === 'results' ? (day.results ?? 0) : day.clicks),
      }),
      NOBODY,
    );
}
