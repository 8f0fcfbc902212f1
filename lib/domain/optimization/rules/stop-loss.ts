import { daysBetween } from '../../time';
import { countsResults } from '../ad-worth';
import { minorJson } from '../budget-facts';
import { breakEvenMinor, numbersOf } from '../campaign-numbers';
import { COOLDOWN_DAYS, DECLINED_DAYS, MIN_DAYS_RUNNING, STOP_LOSS_RESULTS } from '../constants';
import { daysSinceTouched, daysSinceUnwanted, isAsked, rounded, suggest } from '../evidence-of';
import { NOTHING, type OptimizationEvidence, type Suggestions } from '../types';
import { judgeAds } from './pause-bad-ad';

/** With money alone at stake an equal group would be hit by luck; the ad must look worse than its group as well. */
const ALSO_WORSE_CHANCE = 0.8;

/**
 * Pauses an ad without a single result although its money would have brought 3.9 at break-even (luck explains that in
 * 2 % of the cases), late results allowed for. Needs value and margin; never the last delivering ad.
 */
export function stopLoss(evidence: OptimizationEvidence): Suggestions {
  const breakEven = breakEvenMinor(evidence);
  if (breakEven === null || breakEven <= 0 || !countsResults(evidence)) return NOTHING;
  for (const adSet of evidence.adSets) {
    for (const { one, chance } of judgeAds(evidence, adSet)) {
      const { ad } = one;
      if (
        one.results !== 0 ||
        chance < ALSO_WORSE_CHANCE ||
        daysBetween(ad.creativeSince, evidence.today) < MIN_DAYS_RUNNING
      )
        continue;
      const touched = daysSinceTouched(evidence, [ad.key]);
      const unwanted = daysSinceUnwanted(evidence, 'pause_ad', [ad.key]);
      if (
        (touched !== null && touched < COOLDOWN_DAYS) ||
        (unwanted !== null && unwanted < DECLINED_DAYS) ||
        isAsked(evidence, 'pause_ad', [ad.key])
      )
        continue;
      const spent = numbersOf(evidence, [{ ...adSet, ads: [ad] }], ad.creativeSince, evidence.dataThrough);
      const missing = spent.reportedSpendMinor / breakEven;
      if (missing < STOP_LOSS_RESULTS) continue;
      const action = suggest(
        { kind: 'pause_ad', adKey: ad.key },
        {
          rule: 'stop-loss',
          facts: [
            { key: 'ad_spend', value: minorJson(evidence, spent.spendMinor), subject: ad.key },
            { key: 'ad_results', value: 0, subject: ad.key },
            { key: 'ad_clicks', value: one.clicks, subject: ad.key },
            { key: 'break_even_cost', value: minorJson(evidence, breakEven) },
            { key: 'chance_clearly_worse', value: rounded(chance, 3), subject: ad.key },
          ],
          confidence: 1 - Math.exp(-missing),
          alternatives: ['wait_longer', 'swap_in_reserve_instead'],
          wouldChange: ['ad_brings_results', 'late_results_arrive'],
          since: ad.creativeSince,
          until: evidence.dataThrough,
        },
      );
      return { autonomousActions: [action], approvalActions: [] };
    }
  }
  return NOTHING;
}
