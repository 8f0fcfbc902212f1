import { LONGEST_MONTH_DAYS } from '../../spend-shape';
import { MATURE_AFTER_DAYS } from '../../statistics/delay-curve';
import { countsResults } from '../ad-worth';
import { budgetFacts } from '../budget-facts';
import { breakEvenMinor, lastDays, type Numbers, runningAdSets, usesItsBudget } from '../campaign-numbers';
import {
  BUDGET_COOLDOWN_DAYS,
  DECLINED_DAYS,
  MARGINAL_SHARE,
  RAISE_CHANCE,
  RAISE_MIN_DAYS,
  RAISE_MIN_RESULTS,
  STEP_PERCENT,
} from '../constants';
import { costBelief } from '../cost-belief';
import { daysSinceTouched, daysSinceUnwanted, type Fact, isAsked, rounded, suggest } from '../evidence-of';
import { type AdSetState, NOTHING, type OptimizationEvidence, type Suggestions } from '../types';

/**
 * Asks for a fifth more, where more has earned it: with value and margin known, when one more unit of money almost
 * certainly brings back more than itself; otherwise when two mature weeks delivered results within the promised cost.
 */
export function raiseBudget(evidence: OptimizationEvidence): Suggestions {
  const running = runningAdSets(evidence);
  if (running.length === 0 || !countsResults(evidence) || !usesItsBudget(evidence, running)) return NOTHING;
  const grounds = breakEvenMinor(evidence) === null ? withinPromise(evidence, running) : morePays(evidence, running);
  const adSet = grounds ? cheapest(evidence, running) : undefined;
  if (!grounds || !adSet || !mayAsk(evidence, adSet)) return NOTHING;
  const from = BigInt(adSet.dailyBudget.minor);
  const to = from + (from * STEP_PERCENT) / 100n;
  if (to <= from) return NOTHING;
  const currency = adSet.dailyBudget.currency;
  const ceiling = ceilingFor(evidence, to - from);
  const action = suggest(
    {
      kind: 'set_ad_set_budget',
      adSetKey: adSet.key,
      from: adSet.dailyBudget,
      to: { minor: to.toString(), currency },
      ...(ceiling ? { newMonthlyCeiling: { minor: ceiling.toString(), currency } } : {}),
    },
    {
      rule: 'raise-budget',
      facts: [
        ...grounds.facts,
        { key: 'daily_budget_now', value: adSet.dailyBudget, subject: adSet.key },
        { key: 'daily_budget_new', value: { minor: to.toString(), currency }, subject: adSet.key },
        ...(ceiling
          ? ([
              { key: 'monthly_limit_now', value: evidence.envelope.monthlyCeiling },
              { key: 'monthly_limit_new', value: { minor: ceiling.toString(), currency } },
            ] satisfies Fact[])
          : []),
      ],
      confidence: grounds.chance,
      alternatives: ['leave_budget', 'raise_less', 'new_ads_instead'],
      wouldChange:
        breakEvenMinor(evidence) === null
          ? ['cost_rises', 'owner_names_value', 'budget_not_used']
          : ['cost_rises', 'budget_not_used'],
      since: grounds.numbers.since,
      until: grounds.numbers.until,
    },
  );
  return { autonomousActions: [], approvalActions: [action] };
}

type Grounds = { chance: number; numbers: Numbers; facts: Fact[] } | null;

function morePays(evidence: OptimizationEvidence, running: AdSetState[]): Grounds {
  const numbers = lastDays(evidence, running, RAISE_MIN_DAYS);
  const breakEven = breakEvenMinor(evidence);
  if (breakEven === null || numbers.days < RAISE_MIN_DAYS || numbers.results < RAISE_MIN_RESULTS) return null;
  const belief = costBelief(evidence, numbers);
  const chance = belief.chanceCheaperThan(breakEven * MARGINAL_SHARE);
  if (chance < RAISE_CHANCE) return null;
  return {
    chance,
    numbers,
    facts: [...budgetFacts(evidence, numbers, belief), { key: 'chance_more_pays', value: rounded(chance, 3) }],
  };
}

function withinPromise(evidence: OptimizationEvidence, running: AdSetState[]): Grounds {
  const promise = evidence.projection?.costPerResult;
  // A claim about cost rests on days that no longer change.
  const numbers = lastDays(evidence, running, RAISE_MIN_DAYS, MATURE_AFTER_DAYS);
  if (!promise || numbers.days < RAISE_MIN_DAYS || numbers.results < RAISE_MIN_RESULTS) return null;
  const belief = costBelief(evidence, numbers);
  const chance = belief.chanceCheaperThan(Number(promise.high.minor));
  if (chance < RAISE_CHANCE) return null;
  return {
    chance,
    numbers,
    facts: [...budgetFacts(evidence, numbers, belief), { key: 'chance_within_expectation', value: rounded(chance, 3) }],
  };
}

function mayAsk(evidence: OptimizationEvidence, adSet: AdSetState): boolean {
  const kind = 'set_ad_set_budget';
  const touched = daysSinceTouched(evidence, [adSet.key, ...adSet.ads.map((ad) => ad.key)]);
  const unwanted = daysSinceUnwanted(evidence, kind, [adSet.key]);
  return (
    !isAsked(evidence, kind, [adSet.key]) &&
    (touched === null || touched >= BUDGET_COOLDOWN_DAYS) &&
    (unwanted === null || unwanted >= DECLINED_DAYS)
  );
}

/** The ad set whose next result is likely the cheapest; with one ad set, that one. */
function cheapest(evidence: OptimizationEvidence, running: AdSetState[]): AdSetState | undefined {
  const rate = (adSet: AdSetState) => {
    const { results, reportedSpendMinor } = lastDays(evidence, [adSet], RAISE_MIN_DAYS);
    return (results + 1) / (reportedSpendMinor + 1);
  };
  const rated = running.map((adSet) => ({ adSet, rate: rate(adSet) }));
  return rated.sort((a, b) => b.rate - a.rate)[0]?.adSet;
}

/** The monthly limit that the new total needs in a long month; null while the present one holds it. */
function ceilingFor(evidence: OptimizationEvidence, change: bigint): bigint | null {
  const total = evidence.adSets.reduce((sum, adSet) => sum + BigInt(adSet.dailyBudget.minor), 0n) + change;
  const needed = total * LONGEST_MONTH_DAYS;
  return needed > BigInt(evidence.envelope.monthlyCeiling.minor) ? needed : null;
}
