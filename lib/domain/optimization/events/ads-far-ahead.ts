import { chanceBelowBest, type LogBelief } from '../../statistics/log-belief';
import { adWorths } from '../ad-worth';
import { MIN_DAYS_RUNNING, MIN_EXPECTED_CLICKS } from '../constants';
import type { SignificantEvent, SignificantEventsInput } from './types';

/** "More than twice the average" of the documents, asked of the shrunken worth instead of raw clicks. */
const FAR_AHEAD = 1.5;
const SURE = 0.95;

/** Ads whose worth for the money is almost certainly far above the best of the others in their group; each said once. */
export function adsFarAhead(
  input: Pick<SignificantEventsInput, 'evidence'>,
): (Omit<SignificantEvent, 'key'> & { episode: string })[] {
  const { evidence } = input;
  if (!evidence) return [];
  return evidence.adSets.flatMap((adSet) => {
    const delivering = adSet.ads.filter((ad) => ad.status === 'delivering');
    if (delivering.length < 2) return [];
    const worths = adWorths(evidence, delivering).filter(
      (one) => one.expectedClicks >= MIN_EXPECTED_CLICKS && one.daysRunning >= MIN_DAYS_RUNNING,
    );
    return worths.flatMap((one) => {
      const others = worths.filter((other) => other !== one);
      if (others.length === 0) return [];
      const chance =
        1 -
        chanceNotAhead(
          one.worth,
          others.map(({ worth }) => worth),
        );
      if (chance < SURE) return [];
      const best = Math.max(...others.map(({ worth }) => worth.mean));
      return [
        {
          kind: 'ad_far_ahead' as const,
          subject: one.ad.key,
          urgency: 'info' as const,
          facts: {
            times: Math.exp(one.worth.mean - best),
            clicks: one.clicks,
            results: one.results ?? 0,
            impressions: one.impressions,
          },
          chance,
          episode: one.ad.creativeSince,
        },
      ];
    });
  });
}

/** P(worth < 1.5 x the best of the others). */
function chanceNotAhead(worth: LogBelief, others: readonly LogBelief[]): number {
  return chanceBelowBest(worth, others, FAR_AHEAD);
}
