import { type LogBelief, logGammaBelief, productOf } from '../../statistics/log-belief';
import { randomFrom } from '../../statistics/random';
import { chanceOfTie } from '../../statistics/tie';
import { countsResults } from '../ad-worth';
import { bestSplit, resultsAt, wholeMoves, withinSteps } from '../best-split';
import { minorJson } from '../budget-facts';
import { lastDays, type Numbers, runningAdSets } from '../campaign-numbers';
import {
  CLICK_PRIOR_EVENTS,
  COOLDOWN_DAYS,
  MIN_DAYS_RUNNING,
  SHIFT_CHANCE,
  SHIFT_MIN_GAIN,
  SHIFT_MIN_RESULTS,
} from '../constants';
import { daysSinceTouched, daysSinceUnwanted, isAsked, rounded, suggest } from '../evidence-of';
import { type AdSetState, NOTHING, type OptimizationEvidence, type Suggestions } from '../types';

const WINDOW_DAYS = 28;
const DRAWS = 200;
/** Spread of results per click between ad sets before they speak: 38 %, seven pseudo-results. */
const GROUP_RESULT_PRIOR = 7;
const DEFAULT_STEP_PERCENT = 20;
/** Share of accounts whose ad sets are taken to be equally good, and how far the others spread. */
export const TIE_PRIOR = 0.7;
export const GROUP_SPREAD = 0.38;

/**
 * Moves budget to the ad sets whose next money brings most, total unchanged: many plausible worlds are drawn from what
 * was counted, the best split of each is averaged, kept within the step, and done only when most worlds say it pays.
 */
export function shiftBudget(evidence: OptimizationEvidence): Suggestions {
  const adSets = runningAdSets(evidence);
  const keys = adSets.map((adSet) => adSet.key);
  if (adSets.length < 2 || !countsResults(evidence) || !isRested(evidence, adSets, keys)) return NOTHING;
  const numbers = adSets.map((adSet) => lastDays(evidence, [adSet], WINDOW_DAYS));
  const results = numbers.reduce((sum, one) => sum + one.results, 0);
  if (results < SHIFT_MIN_RESULTS || numbers.some((one) => one.days < MIN_DAYS_RUNNING)) return NOTHING;
  const now = adSets.map((adSet) => BigInt(adSet.dailyBudget.minor));
  const decision = weigh(
    evidence,
    now,
    numbers.map((one) => rateBelief(one, numbers)),
    chanceOfTie(numbers.map(rawRate), GROUP_SPREAD, TIE_PRIOR),
  );
  if (!decision) return NOTHING;
  const moves = adSets.flatMap((adSet, index) => {
    const change = decision.moves[index] ?? 0n;
    const to = { minor: (BigInt(adSet.dailyBudget.minor) + change).toString(), currency: adSet.dailyBudget.currency };
    return change === 0n ? [] : [{ adSetKey: adSet.key, from: adSet.dailyBudget, to }];
  });
  const action = suggest(
    { kind: 'shift_budget', moves },
    {
      rule: 'shift-budget',
      facts: [
        { key: 'results_looked_at', value: results },
        {
          key: 'spend_looked_at',
          value: minorJson(
            evidence,
            numbers.reduce((sum, one) => sum + one.spendMinor, 0),
          ),
        },
        { key: 'money_moved', value: minorJson(evidence, decision.moved) },
        { key: 'chance_move_pays', value: rounded(decision.chance, 3) },
        { key: 'expected_gain_percent', value: Math.round(decision.gain * 100) },
      ],
      confidence: decision.chance,
      alternatives: ['split_as_it_is', 'wait_longer'],
      wouldChange: ['groups_become_equal', 'late_results_arrive'],
      since: numbers.map((one) => one.since).sort()[0] ?? evidence.dataThrough,
      until: evidence.dataThrough,
    },
  );
  return evidence.envelope.maxShiftPercent > 0
    ? { autonomousActions: [action], approvalActions: [] }
    : { autonomousActions: [], approvalActions: [action] };
}

function isRested(evidence: OptimizationEvidence, adSets: AdSetState[], keys: string[]): boolean {
  const touched = daysSinceTouched(evidence, [...keys, ...adSets.flatMap((adSet) => adSet.ads.map((ad) => ad.key))]);
  const unwanted = daysSinceUnwanted(evidence, 'shift_budget', keys);
  return (
    (touched === null || touched >= COOLDOWN_DAYS) &&
    (unwanted === null || unwanted >= 7) &&
    !isAsked(evidence, 'shift_budget', keys)
  );
}

/** Results per money of one ad set: clicks nearly known, results per click pulled hard towards the others. */
export function rateBelief(one: Numbers, all: Numbers[]): LogBelief {
  const sum = (of: (numbers: Numbers) => number) => all.reduce((total, numbers) => total + of(numbers), 0);
  const share = (numbers: Numbers) => (numbers.spendMinor > 0 ? numbers.reportedSpendMinor / numbers.spendMinor : 1);
  const clickRate = (sum((numbers) => numbers.clicks) + 1) / (sum((numbers) => numbers.spendMinor) + 1);
  const resultRate =
    (sum((numbers) => numbers.results) + 0.5) / (sum((numbers) => numbers.clicks * share(numbers)) + 1);
  return productOf(
    logGammaBelief(CLICK_PRIOR_EVENTS + one.clicks, CLICK_PRIOR_EVENTS / clickRate + one.spendMinor),
    logGammaBelief(GROUP_RESULT_PRIOR + one.results, GROUP_RESULT_PRIOR / resultRate + one.clicks * share(one)),
  );
}

/** The counted rate alone, without any pull: what a tie is judged on. */
export function rawRate(one: Numbers): { log: number; variance: number } {
  const results = one.results + 0.5;
  return { log: Math.log(results / (one.reportedSpendMinor + 1)), variance: 1 / results };
}

function weigh(evidence: OptimizationEvidence, budgets: bigint[], beliefs: LogBelief[], tie: number) {
  if (tie > 1 - SHIFT_CHANCE) return null;
  const random = randomFrom(evidence.seed);
  const now = budgets.map(Number);
  const worlds = Array.from({ length: DRAWS }, () =>
    beliefs.map((belief) => Math.exp(belief.mean + Math.sqrt(belief.variance) * random.normal())),
  );
  const splits = worlds.map((rates) => bestSplit(rates, now));
  const wanted = now.map((_, index) => splits.reduce((sum, split) => sum + (split[index] ?? 0), 0) / DRAWS);
  const step = Math.min(DEFAULT_STEP_PERCENT, evidence.envelope.maxShiftPercent || DEFAULT_STEP_PERCENT) / 100;
  const moves = wholeMoves(budgets, withinSteps(now, wanted, step, Number(evidence.minDailyBudget?.minor ?? 1)));
  const moved = moves.reduce((sum, move) => (move > 0n ? sum + Number(move) : sum), 0);
  if (moved <= 0) return null;
  const next = now.map((spend, index) => spend + Number(moves[index] ?? 0n));
  // Gain in money: extra results at what a result costs on average in that world.
  const gains = worlds.map((rates) => {
    const before = resultsAt(rates, now, now);
    const total = now.reduce((sum, spend) => sum + spend, 0);
    return ((resultsAt(rates, now, next) - before) / before) * (total / moved);
  });
  const chance = ((1 - tie) * gains.filter((gain) => gain > SHIFT_MIN_GAIN).length) / DRAWS;
  const gain = gains.reduce((sum, one) => sum + one, 0) / DRAWS;
  return chance >= SHIFT_CHANCE ? { moves, moved, chance, gain } : null;
}
