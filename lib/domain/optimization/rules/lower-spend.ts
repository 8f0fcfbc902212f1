import { countsResults } from '../ad-worth';
import { budgetFacts } from '../budget-facts';
import { breakEvenMinor, lastDays, runningAdSets } from '../campaign-numbers';
import {
  BUDGET_COOLDOWN_DAYS,
  DECLINED_DAYS,
  FAR_TOO_DEAR,
  LOSS_CHANCE,
  RAISE_MIN_DAYS,
  STEP_PERCENT,
  STOP_LOSS_RESULTS,
} from '../constants';
import { costBelief } from '../cost-belief';
import { daysSinceTouched, daysSinceUnwanted, isAsked, rounded, suggest } from '../evidence-of';
import { NOTHING, type OptimizationEvidence, type Suggestions } from '../types';

/** Asks to pause the campaign when a result almost certainly costs more than twice what it may. */
export function pauseCampaign(evidence: OptimizationEvidence): Suggestions {
  const seen = look(evidence, FAR_TOO_DEAR);
  if (
    !seen ||
    isAsked(evidence, 'pause_campaign', []) ||
    recently(daysSinceUnwanted(evidence, 'pause_campaign', []), DECLINED_DAYS)
  )
    return NOTHING;
  const action = suggest(
    { kind: 'pause_campaign' },
    {
      rule: 'pause-campaign',
      facts: [
        ...budgetFacts(evidence, seen.numbers, seen.belief),
        { key: 'chance_far_too_dear', value: rounded(seen.chance, 3) },
      ],
      confidence: seen.chance,
      alternatives: ['lower_budget_instead', 'new_ads_instead', 'wait_longer'],
      wouldChange: ['cost_falls', 'late_results_arrive'],
      since: seen.numbers.since,
      until: seen.numbers.until,
    },
  );
  return { autonomousActions: [], approvalActions: [action] };
}

/** Asks to spend a fifth less where results almost certainly cost more than they bring in. Needs value and margin. */
export function lowerBudget(evidence: OptimizationEvidence): Suggestions {
  const seen = breakEvenMinor(evidence) === null ? null : look(evidence, 1);
  const adSet = [...runningAdSets(evidence)].sort((a, b) =>
    Number(BigInt(b.dailyBudget.minor) - BigInt(a.dailyBudget.minor)),
  )[0];
  if (!seen || !adSet) return NOTHING;
  const from = BigInt(adSet.dailyBudget.minor);
  const to = from - (from * STEP_PERCENT) / 100n;
  const minimum = evidence.minDailyBudget ? BigInt(evidence.minDailyBudget.minor) : 1n;
  const blocked =
    isAsked(evidence, 'set_ad_set_budget', [adSet.key]) ||
    recently(daysSinceUnwanted(evidence, 'set_ad_set_budget', [adSet.key]), DECLINED_DAYS) ||
    recently(daysSinceTouched(evidence, [adSet.key]), BUDGET_COOLDOWN_DAYS);
  if (blocked || to < minimum || to >= from) return NOTHING;
  const next = { minor: to.toString(), currency: adSet.dailyBudget.currency };
  const action = suggest(
    { kind: 'set_ad_set_budget', adSetKey: adSet.key, from: adSet.dailyBudget, to: next },
    {
      rule: 'lower-budget',
      facts: [
        ...budgetFacts(evidence, seen.numbers, seen.belief),
        { key: 'chance_loses_money', value: rounded(seen.chance, 3) },
        { key: 'daily_budget_now', value: adSet.dailyBudget, subject: adSet.key },
        { key: 'daily_budget_new', value: next, subject: adSet.key },
      ],
      confidence: seen.chance,
      alternatives: ['leave_budget', 'pause_campaign_instead', 'new_ads_instead'],
      wouldChange: ['cost_falls', 'late_results_arrive'],
      since: seen.numbers.since,
      until: seen.numbers.until,
    },
  );
  return { autonomousActions: [], approvalActions: [action] };
}

/** Two weeks held against `multiple` times the cost a result may have; null unless it is almost certainly above. */
function look(evidence: OptimizationEvidence, multiple: number) {
  if (!countsResults(evidence)) return null;
  const limit = breakEvenMinor(evidence) ?? Number(evidence.projection?.costPerResult?.high.minor ?? 0);
  const numbers = lastDays(evidence, runningAdSets(evidence), RAISE_MIN_DAYS);
  if (limit <= 0 || numbers.days < RAISE_MIN_DAYS || numbers.reportedSpendMinor < STOP_LOSS_RESULTS * limit)
    return null;
  const belief = costBelief(evidence, numbers);
  const chance = 1 - belief.chanceCheaperThan(limit * multiple);
  return chance >= LOSS_CHANCE ? { numbers, belief, chance } : null;
}

function recently(days: number | null, limit: number): boolean {
  return days !== null && days < limit;
}
