import { chanceBelowBest, logGammaBelief } from '../../statistics/log-belief';
import { daysBetween } from '../../time';
import { daysSinceTouched } from '../evidence-of';
import type { AdSetState, AdState, OptimizationEvidence } from '../types';

/** A creative tires when its clicks of the last week fall to this share of what its group's creatives had when fresh. */
const TIRED_SHARE = 0.8;
const TIRED_CHANCE = 0.9;
const FRESH_DAYS = 6;
const RECENT_DAYS = 7;
const MIN_RECENT_CLICKS = 12;
const REST_DAYS = 8;
const PRIOR_CLICKS = 16;

/** The most tired delivering ad of a group that has a fresh creative waiting; null when none is clearly tired. */
export function tiredAd(evidence: OptimizationEvidence, adSet: AdSetState): { ad: AdState; chance: number } | null {
  if (adSet.reserves.length === 0) return null;
  const touched = daysSinceTouched(
    evidence,
    adSet.ads.map((ad) => ad.key),
  );
  if (touched !== null && touched < REST_DAYS) return null;
  const fresh = sumDays(
    adSet.ads.flatMap((ad) =>
      ad.days.filter(
        (day) => daysBetween(ad.creativeSince, day.day) >= 0 && daysBetween(ad.creativeSince, day.day) < FRESH_DAYS,
      ),
    ),
  );
  if (fresh.clicks < 2 * PRIOR_CLICKS) return null;
  const rate = fresh.clicks / fresh.impressions;
  const freshBelief = logGammaBelief(fresh.clicks, fresh.impressions);
  const tired = adSet.ads
    .filter(
      (ad) => ad.status === 'delivering' && daysBetween(ad.creativeSince, evidence.today) > FRESH_DAYS + RECENT_DAYS,
    )
    .flatMap((ad) => {
      const recent = sumDays(ad.days.filter((day) => daysBetween(day.day, evidence.today) <= RECENT_DAYS));
      if (recent.clicks < MIN_RECENT_CLICKS) return [];
      const chance = chanceBelowBest(
        logGammaBelief(PRIOR_CLICKS + recent.clicks, PRIOR_CLICKS / rate + recent.impressions),
        [freshBelief],
        TIRED_SHARE,
      );
      return chance >= TIRED_CHANCE ? [{ ad, chance }] : [];
    });
  return tired.sort((a, b) => b.chance - a.chance)[0] ?? null;
}

function sumDays(days: readonly { impressions: number; clicks: number }[]): { impressions: number; clicks: number } {
  return days.reduce<{ impressions: number; clicks: number }>(
    (sum, day) => ({ impressions: sum.impressions + day.impressions, clicks: sum.clicks + day.clicks }),
    { impressions: 0, clicks: 0 },
  );
}
