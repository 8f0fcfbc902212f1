import { chanceBelowBest } from '../../statistics/log-belief';
import { daysBetween } from '../../time';
import { adWorths } from '../ad-worth';
import { CLEARLY_WORSE_SHARE } from '../constants';
import { rounded, suggest } from '../evidence-of';
import { type AdSetState, type AdState, NOTHING, type OptimizationEvidence, type Suggestions } from '../types';

/** After a pause the numbers it rested on still grow for the click window, and a little longer until they are read. */
const RESCUE_DAYS = 10;
/** A pause is taken back when the odds that the ad is clearly worse have fallen below even. */
const RESCUE_CHANCE = 0.5;

/** Switches an ad on again that we paused, when results that arrived late no longer support the pause. Once per ad. */
export function rescueAd(evidence: OptimizationEvidence): Suggestions {
  for (const adSet of evidence.adSets) {
    for (const ad of adSet.ads) {
      if (!isCandidate(evidence, ad)) continue;
      const chance = chanceNow(evidence, adSet, ad);
      if (chance === null || chance >= RESCUE_CHANCE) continue;
      const action = suggest(
        { kind: 'resume_ad', adKey: ad.key },
        {
          rule: 'rescue-ad',
          facts: [
            { key: 'paused_on', value: ad.pausedOn ?? evidence.today, subject: ad.key },
            { key: 'chance_clearly_worse', value: rounded(chance, 3), subject: ad.key },
          ],
          confidence: 1 - chance,
          alternatives: ['keep_paused'],
          wouldChange: ['best_ad_drops', 'too_little_data'],
          since: ad.creativeSince,
          until: evidence.dataThrough,
        },
      );
      return { autonomousActions: [action], approvalActions: [] };
    }
  }
  return NOTHING;
}

function isCandidate(evidence: OptimizationEvidence, ad: AdState): boolean {
  if (ad.status !== 'paused_by_us' || ad.pausedOn === null || ad.creativeSince >= ad.pausedOn) return false;
  const age = daysBetween(ad.pausedOn, evidence.today);
  const before = evidence.pastActions.some((past) => past.kind === 'resume_ad' && past.subjects.includes(ad.key));
  return age >= 1 && age <= RESCUE_DAYS && !before;
}

function chanceNow(evidence: OptimizationEvidence, adSet: AdSetState, ad: AdState): number | null {
  const others = adSet.ads.filter((one) => one.status === 'delivering');
  const worths = adWorths(evidence, [ad, ...others]);
  const own = worths.find((one) => one.ad.key === ad.key);
  const rest = worths.filter((one) => one.ad.key !== ad.key && one.clicks > 0);
  return own && rest.length > 0
    ? chanceBelowBest(
        own.worth,
        rest.map((one) => one.worth),
        CLEARLY_WORSE_SHARE,
      )
    : null;
}
