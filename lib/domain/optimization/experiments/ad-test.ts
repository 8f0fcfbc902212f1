import type { AdTestMeasure, AdTestState } from '../../ad-test';
import { daysBetween } from '../../time';
import { countsResults } from '../ad-worth';
import type { AdDay, AdSetState, OptimizationEvidence } from '../types';
import type { ArmCounts } from './arm-beliefs';
import { createExperiment, type ExperimentVerdict } from './experiment';
import { planTest } from './plan-test';

/** What is compared: some or all ads of one group, or two groups. */
export type Compared =
  | { level: 'ad'; adSetKey?: string; arms?: readonly string[] }
  | { level: 'adset'; arms?: readonly string[] };

export type AdTestPlan = {
  level: Compared['level'];
  /** The group the ads stand in; null between groups. */
  adSetKey: string | null;
  arms: string[];
  measure: AdTestMeasure;
  /** Relative difference it is sized to see four times out of five, and the smallest it could see in `MOST_DAYS`. */
  wantedLift: number;
  detectableLift: number | null;
  /** Account days it collects; results take a week more until they are all in. */
  days: number;
  /** Events per exposure; exposures a day of the whole test: showings, clicks, or (between groups) minor units of money. */
  baseRate: number;
  exposurePerDay: number;
};
export type AdTestAnswer =
  | { plan: AdTestPlan }
  /** `days`: how long it would take at this pace; null = never, or not known yet. */
  | { refused: 'too_small_to_see' | 'needs_two_arms' | 'needs_two_groups' | 'nothing_comes_in'; days: number | null };

/** Longer than this a season changes under a test. */
export const MOST_DAYS = 28;
/** Days after which every result of a click is in. */
export const MATURE_DAYS = 7;
const LOOKED_BACK_DAYS = 14;
const WANTED_LIFT = 0.3;
/**
 * Spread of what one group's day costs beside the other's, for no reason of its own: two groups bid in auctions of their
 * own, so their days differ by more than counting luck. A batch is worth that much less (`dampened`).
 */
const GROUP_DAY_SPREAD = 0.1;

/**
 * Plans a comparison of what runs. Where results are counted they decide: a click rate proves nothing about them. The
 * platform, not a lot, decides who sees which ad of a group, so the ad it shows least sets the size; two groups get the same
 * money, so what both cost together does.
 */
export function planAdTest(
  evidence: OptimizationEvidence,
  of: Compared = { level: 'ad' },
  wantedLift: number = WANTED_LIFT,
): AdTestAnswer {
  const chosen = of.level === 'ad' ? adsOf(evidence, of) : groupsOf(evidence, of);
  if (chosen.arms.length < 2) return { refused: of.level === 'ad' ? 'needs_two_arms' : 'needs_two_groups', days: null };
  const measure: AdTestMeasure = countsResults(evidence) ? 'results' : 'clicks';
  const lately = (day: string) => daysBetween(day, evidence.today) <= LOOKED_BACK_DAYS;
  const seen = chosen.arms.map((arm) => countsOf(arm.days, of.level, measure, lately));
  const days = Math.max(1, ...chosen.arms.map((arm) => new Set(arm.days.map(({ day }) => day).filter(lately)).size));
  const sum = (pick: (one: ArmCounts) => number) => seen.reduce((total, one) => total + pick(one), 0);
  const exposures = sum(({ exposure }) => exposure);
  const perDay =
    (of.level === 'ad' ? Math.min(...seen.map(({ exposure }) => exposure)) * chosen.arms.length : exposures) / days;
  const baseRate = exposures > 0 ? sum(({ events }) => events) / exposures : 0;
  const planned = planTest({
    arms: chosen.arms.length,
    baseRate,
    exposurePerDay: of.level === 'ad' ? perDay : perDay / excess(baseRate * perDay),
    wantedLift,
    maxDays: MOST_DAYS,
    anyStop: true,
  });
  if (planned.refused || planned.days === null)
    return { refused: planned.refused ?? 'too_small_to_see', days: planned.days };
  return {
    plan: {
      level: of.level,
      adSetKey: chosen.adSetKey,
      arms: chosen.arms.map(({ key }) => key),
      measure,
      wantedLift,
      detectableLift: planned.detectableLift,
      days: planned.days,
      baseRate,
      exposurePerDay: perDay,
    },
  };
}

type Arm = { key: string; days: readonly AdDay[] };
type Chosen = { adSetKey: string | null; arms: Arm[] };

function adsOf(evidence: OptimizationEvidence, of: Extract<Compared, { level: 'ad' }>): Chosen {
  const wanted = (key: string) => !of.arms || of.arms.includes(key);
  const running = (adSet: AdSetState) => adSet.ads.filter((ad) => ad.status === 'delivering' && wanted(ad.key));
  const home = evidence.adSets.find((one) => (of.adSetKey ? one.key === of.adSetKey : running(one).length > 1));
  return { adSetKey: home?.key ?? null, arms: home ? running(home) : [] };
}

/** Without names the two that spend most: a third would only take people from both. */
function groupsOf(evidence: OptimizationEvidence, of: Extract<Compared, { level: 'adset' }>): Chosen {
  const spent = ({ days }: Arm) => days.reduce((sum, { spendMinor }) => sum + Number(spendMinor), 0);
  const arms = evidence.adSets
    .filter(({ key, ads }) => ads.some(({ status }) => status === 'delivering') && (!of.arms || of.arms.includes(key)))
    .map((adSet) => ({ key: adSet.key, days: adSet.ads.flatMap(({ days }) => days) }));
  const two = new Set([...arms].sort((a, b) => spent(b) - spent(a)).slice(0, 2));
  return { adSetKey: null, arms: arms.filter((arm) => two.has(arm)) };
}

export type AdTestStanding = {
  state: Exclude<AdTestState, 'STOPPED'>;
  /** Why it was cancelled; null otherwise. */
  cause: 'arm_gone' | 'budgets_changed' | 'draw_ended' | null;
  verdict: ExperimentVerdict | null;
  counts: ArmCounts[];
};

export type RunningAdTest = {
  level: Compared['level'];
  /** The group the ads stand in; null between groups. */
  adSetKey: string | null;
  arms: readonly string[];
  measure: AdTestMeasure;
  startedOn: string;
  endsOn: string;
  seed: number;
};

/**
 * How a running comparison stands, read anew from the daily rows: one batch an account day, equal whatever the days before
 * brought, judged by the e-process, so that looking every day claims at most 5 % of equal pairs.
 */
export function standingOfAdTest(evidence: OptimizationEvidence, test: RunningAdTest): AdTestStanding {
  const arms = test.arms.map((key) => daysOfArm(evidence, test, key));
  const lag = test.measure === 'results' ? MATURE_DAYS : 1;
  const isOver = daysBetween(test.endsOn, evidence.today) >= lag;
  const experiment = createExperiment({ arms: arms.length, seed: test.seed, mode: 'both', minLooks: 2 });
  let verdict: ExperimentVerdict | null = null;
  const days = allDays(arms).filter(
    (day) => day >= test.startedOn && day < test.endsOn && daysBetween(day, evidence.today) >= lag,
  );
  for (const day of days) {
    const batch = arms.map((own) => countsOf(own, test.level, test.measure, (one) => one === day));
    verdict = experiment.add(test.level === 'ad' ? batch : dampened(batch));
  }
  const counts = arms.map((own) => countsOf(own, test.level, test.measure, (day) => days.includes(day)));
  const standing = (state: AdTestStanding['state'], cause: AdTestStanding['cause'] = null) => ({
    state,
    cause,
    verdict,
    counts,
  });
  if (verdict?.kind === 'claimed') return standing('WON');
  // What was counted after somebody changed the groups' money says nothing about the groups.
  const cause = isOver ? null : spoiledBy(evidence, test);
  if (cause) return standing('CANCELLED', cause);
  if (!isOver) return standing('RUNNING');
  return standing(verdict?.kind === 'no_difference' ? 'NO_DIFFERENCE' : 'UNDECIDED');
}

function spoiledBy(evidence: OptimizationEvidence, test: RunningAdTest): AdTestStanding['cause'] {
  if (test.level === 'ad') {
    const home = evidence.adSets.find(({ key }) => key === test.adSetKey);
    const stands = (key: string) => {
      const ad = home?.ads.find((one) => one.key === key);
      return ad !== undefined && ad.status !== 'paused' && ad.status !== 'paused_by_us';
    };
    return test.arms.every(stands) ? null : 'arm_gone';
  }
  const groups = test.arms.map((key) => evidence.adSets.find((one) => one.key === key));
  const isOn = (group: AdSetState | undefined) =>
    group !== undefined && !group.isPaused && group.ads.some(({ status }) => !status.startsWith('paused'));
  if (!groups.every(isOn)) return 'arm_gone';
  const [least = 0n, most = 0n] = groups
    .map((group) => BigInt(group?.dailyBudget.minor ?? 0))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return areEqualBudgets(least, most) ? null : 'budgets_changed';
}

/** Equal as far as the platform's smallest coin allows: within a hundredth. Minor units of one currency. */
export function areEqualBudgets(one: bigint, other: bigint): boolean {
  const difference = one > other ? one - other : other - one;
  return difference * 100n <= one + other;
}

const NOBODY: ArmCounts = { exposure: 0, events: 0 };

function daysOfArm(evidence: OptimizationEvidence, test: RunningAdTest, key: string): readonly AdDay[] {
  if (test.level === 'adset')
    return evidence.adSets.find((one) => one.key === key)?.ads.flatMap(({ days }) => days) ?? [];
  return evidence.adSets.find((one) => one.key === test.adSetKey)?.ads.find((ad) => ad.key === key)?.days ?? [];
}

function allDays(arms: readonly (readonly AdDay[])[]): string[] {
  return [...new Set(arms.flatMap((days) => days.map(({ day }) => day)))].sort();
}

function countsOf(
  days: readonly AdDay[],
  level: Compared['level'],
  measure: AdTestMeasure,
  on: (day: string) => boolean,
): ArmCounts {
  const exposure = (day: AdDay) =>
    level === 'adset' ? Number(day.spendMinor) : measure === 'results' ? day.clicks : day.impressions;
  return days
    .filter(({ day }) => on(day))
    .reduce(
      (sum, day) => ({
        exposure: sum.exposure + exposure(day),
        events: sum.events + (measure === 'results' ? (day.results ?? 0) : day.clicks),
      }),
      NOBODY,
    );
}

/** How many times over the counting noise two groups' day differs, with so many events on it. */
function excess(events: number): number {
  return 1 + (GROUP_DAY_SPREAD ** 2 * events) / 2;
}

/** A day of two groups counts for no more than it can say: rates stay, the weight is what is left beside the days' own swing. */
function dampened(batch: readonly ArmCounts[]): ArmCounts[] {
  const factor = excess(batch.reduce((sum, { events }) => sum + events, 0));
  return batch.map(({ exposure, events }) => ({ exposure: exposure / factor, events: events / factor }));
}
