import { chanceBelowBest, logGammaBelief, productOf } from '../../statistics/log-belief';
import type { JudgedAd } from './judge-ads';
import type { AdMemory } from './memory';

/** A creative tires when its clicks of the last week fall to this share of what its group's creatives had when fresh. */
export const ROTATION = {
  tiredShare: 0.8,
  chance: 0.7,
  freshDays: 6,
  minDays: 5,
  recentDays: 7,
  minRecentClicks: 12,
  restDays: 6,
  priorClicks: 16,
} as const;

/**
 * The running ad of a group that brings least against what its creatives brought when fresh: it tired, or it never was as
 * good. Null when none is clearly below. A newcomer is worth what the group's creatives were on average when fresh.
 */
export function tiredAd(
  judged: readonly Pick<JudgedAd, 'ad' | 'perClick'>[],
  fresh: { clicks: number; impressions: number },
  today: number,
): { ad: AdMemory; chance: number } | null {
  if (fresh.clicks < 2 * ROTATION.priorClicks) return null;
  const rate = fresh.clicks / fresh.impressions;
  const freshBelief = logGammaBelief(fresh.clicks, fresh.impressions);
  let most: { ad: AdMemory; chance: number } | null = null;
  for (const { ad, perClick } of judged) {
    if (today + 1 - ad.since < ROTATION.minDays) continue;
    let [clicks, impressions] = [0, 0];
    for (let day = Math.max(ad.since, today - ROTATION.recentDays + 1); day <= today; day += 1) {
      clicks += ad.days[day]?.clicks ?? 0;
      impressions += ad.days[day]?.impressions ?? 0;
    }
    // Judged by showings that would have brought enough clicks: a bad ad has few.
    if (Math.max(clicks, impressions * rate) < ROTATION.minRecentClicks) continue;
    const belief = logGammaBelief(ROTATION.priorClicks + clicks, ROTATION.priorClicks / rate + impressions);
    const chance = chanceBelowBest(productOf(belief, perClick), [freshBelief], ROTATION.tiredShare);
    if (chance >= ROTATION.chance && (!most || chance > most.chance)) most = { ad, chance };
  }
  return most;
}

/** Clicks and showings of the first days of every creative a group's ads ever showed. */
export function freshSums(ads: readonly AdMemory[]): { clicks: number; impressions: number } {
  const sum = { clicks: 0, impressions: 0 };
  for (const ad of ads)
    for (const first of ad.firsts)
      for (let day = first; day < first + ROTATION.freshDays; day += 1) {
        sum.clicks += ad.days[day]?.clicks ?? 0;
        sum.impressions += ad.days[day]?.impressions ?? 0;
      }
  return sum;
}
