import { chanceBelowBest } from '../../statistics/log-belief';
import { Z_80 } from '../../statistics/quantiles';
import { daysBetween } from '../../time';
import { type AdWorth, adWorths, countsResults } from '../ad-worth';
import {
  CLEARLY_WORSE_SHARE,
  COOLDOWN_DAYS,
  DECLINED_DAYS,
  MIN_DAYS_RUNNING,
  MIN_EXPECTED_CLICKS,
  PAUSE_CHANCE,
  PAUSE_CHANCE_CLICKS_ONLY,
} from '../constants';
import { daysSinceTouched, daysSinceUnwanted, type Fact, isAsked, rounded, suggest } from '../evidence-of';
import { type AdSetState, NOTHING, type OptimizationEvidence, type Suggestions } from '../types';

/**
 * Pauses the ad of a group that almost certainly brings clearly less for its money than the best of the group. Clicks
 * speak, results speak where they are counted, and both are pulled towards the group until there is enough of them.
 * Never the last delivering ad, never more than one per group and day.
 */
export function pauseBadAd(evidence: OptimizationEvidence): Suggestions {
  const autonomousActions = evidence.adSets.flatMap((adSet) => worstOf(evidence, adSet) ?? []);
  return autonomousActions.length > 0 ? { autonomousActions, approvalActions: [] } : NOTHING;
}

export type Judged = { one: AdWorth; best: AdWorth; chance: number };

/** Every delivering ad old and seen enough, with its chance of being clearly worse than the best of the others. */
export function judgeAds(evidence: OptimizationEvidence, adSet: AdSetState): Judged[] {
  const ads = adSet.ads.filter((ad) => ad.status === 'delivering');
  if (ads.length < 2) return [];
  const seen = adWorths(evidence, ads).filter((one) => one.expectedClicks >= MIN_EXPECTED_CLICKS);
  return seen.flatMap((one) => {
    const others = seen.filter((other) => other !== one);
    const best = others.reduce<AdWorth | null>(
      (top, other) => (!top || other.worth.mean > top.worth.mean ? other : top),
      null,
    );
    if (!best) return [];
    return [
      {
        one,
        best,
        chance: chanceBelowBest(
          one.worth,
          others.map((other) => other.worth),
          CLEARLY_WORSE_SHARE,
        ),
      },
    ];
  });
}

function worstOf(evidence: OptimizationEvidence, adSet: AdSetState) {
  const least = countsResults(evidence) ? PAUSE_CHANCE : PAUSE_CHANCE_CLICKS_ONLY;
  const candidates = judgeAds(evidence, adSet).filter(({ one, chance }) => chance >= least && mayTouch(evidence, one));
  const worst = candidates.reduce<Judged | null>((top, next) => (!top || next.chance > top.chance ? next : top), null);
  return worst ? [pause(evidence, worst)] : null;
}

function mayTouch(evidence: OptimizationEvidence, { ad }: AdWorth): boolean {
  if (daysBetween(ad.creativeSince, evidence.today) < MIN_DAYS_RUNNING || isAsked(evidence, 'pause_ad', [ad.key]))
    return false;
  const touched = daysSinceTouched(evidence, [ad.key]);
  const unwanted = daysSinceUnwanted(evidence, 'pause_ad', [ad.key]);
  return (touched === null || touched >= COOLDOWN_DAYS) && (unwanted === null || unwanted >= DECLINED_DAYS);
}

/** The pause of one ad with what was counted of it and of the best beside it. */
export function pause(evidence: OptimizationEvidence, { one, best, chance }: Judged) {
  const counted = countsResults(evidence);
  return suggest(
    { kind: 'pause_ad', adKey: one.ad.key },
    {
      rule: 'pause-bad-ad',
      facts: [
        ...factsOf(one, evidence, 'ad_', counted),
        ...factsOf(best, evidence, 'best_ad_', counted),
        { key: 'ad_days_running', value: one.daysRunning, subject: one.ad.key },
        ...worthFacts(one, best),
        { key: 'chance_clearly_worse', value: rounded(chance, 3), subject: one.ad.key },
        ...(counted ? [] : [{ key: 'clicks_only', value: 1 } satisfies Fact]),
      ],
      confidence: chance,
      alternatives: ['wait_longer', 'keep_running', 'swap_in_reserve_instead'],
      wouldChange: counted
        ? ['ad_brings_results', 'ad_catches_up', 'late_results_arrive']
        : ['ad_catches_up', 'best_ad_drops'],
      since: one.ad.creativeSince < best.ad.creativeSince ? one.ad.creativeSince : best.ad.creativeSince,
      until: evidence.dataThrough,
    },
  );
}

function factsOf(one: AdWorth, evidence: OptimizationEvidence, prefix: 'ad_' | 'best_ad_', counted: boolean): Fact[] {
  const currency = evidence.envelope.monthlyCeiling.currency;
  const subject = one.ad.key;
  return [
    { key: `${prefix}shown_times`, value: one.impressions, subject },
    { key: `${prefix}clicks`, value: one.clicks, subject },
    ...(counted ? [{ key: `${prefix}results`, value: one.results ?? 0, subject } satisfies Fact] : []),
    { key: `${prefix}spend`, value: { minor: one.spendMinor.toString(), currency }, subject },
  ];
}

function worthFacts(one: AdWorth, best: AdWorth): Fact[] {
  const mean = one.worth.mean - best.worth.mean;
  const half = Z_80 * Math.sqrt(one.worth.variance + best.worth.variance);
  const percent = (log: number) => Math.round(100 * Math.exp(log));
  return [
    { key: 'worth_against_best_percent', value: percent(mean), subject: one.ad.key },
    { key: 'worth_against_best_low_percent', value: percent(mean - half), subject: one.ad.key },
    { key: 'worth_against_best_high_percent', value: percent(mean + half), subject: one.ad.key },
  ];
}
