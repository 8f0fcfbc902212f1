import { randomFrom } from '../../statistics/random';
import { lastDays } from '../campaign-numbers';
import { daysSinceTouched } from '../evidence-of';
import { pauseBadAd } from '../rules/pause-bad-ad';
import { rescueAd } from '../rules/rescue-ad';
import { stopLoss } from '../rules/stop-loss';
import type { OptimizationEvidence, PastAction, Suggestions } from '../types';
import { ALLOCATION, allocate, levelBelief } from './allocate';
import { CALM, type GuardState, guard, isPriceSpike } from './guards';
import {
  averageValue,
  dayName,
  emptyHistory,
  evidenceOf,
  type History,
  remember,
  restate,
  TICKS_PER_DAY,
} from './history';
import { tiredAd } from './rotate';
import type { OptimizerAction, OptimizerDecision, OptimizerOptions, TickInput } from './types';

export type Optimizer = { step(input: TickInput): OptimizerDecision[] };

const MIN_RESULTS = 5;
const MIN_DAYS = 2;
/** Stricter than a campaign's own 95 %: with dozens of ads in one account the worst of them is often just unlucky. */
const PAUSE_CHANCE = 0.97;

/**
 * An optimizer that is told what happened every 4 hours and answers with what to do: guards at every tick, decisions
 * once per account day. No database, no clock, seeded chance: the same inputs give the same answers.
 */
export function createOptimizer(options: OptimizerOptions): Optimizer {
  const history = emptyHistory();
  let state: GuardState = CALM;
  let most = options.maxDailyMinor ?? 0;
  let stopped: string[] = [];

  function step(input: TickInput): OptimizerDecision[] {
    if (most === 0) most = input.adSets.reduce((sum, adSet) => sum + adSet.dailyBudgetMinor, 0);
    remember(history, input);
    const verdict = guard(state, history, input);
    state = verdict.state;
    if (state.trackingLostSince !== null) exclude(history, state.trackingLostSince, input.tick);
    if (state.siteDown || state.restingSince !== null) exclude(history, input.tick, input.tick);
    const decisions: OptimizerDecision[] = [];
    const say = (action: OptimizerAction, reason: string, chance: number | null = null) =>
      decisions.push({ action, reason, chance });
    if (verdict.ask) say({ kind: 'ask_owner' }, verdict.reason);
    if (verdict.stopAll) {
      stopped = input.adSets.filter((adSet) => adSet.on).map((adSet) => adSet.key);
      for (const adSetKey of stopped) say({ kind: 'pause_ad_set', adSetKey }, verdict.reason);
    }
    if (verdict.goOn) {
      for (const adSetKey of stopped) say({ kind: 'resume_ad_set', adSetKey }, verdict.reason);
      stopped = [];
    }
    const dayIsOver = input.tick % TICKS_PER_DAY === TICKS_PER_DAY - 1;
    if (!dayIsOver || verdict.frozen || input.completeThrough < input.tick) return decisions;
    return [...decisions, ...decideDay(history, input, { ...options, maxDailyMinor: most })];
  }

  return { step };
}

function exclude(history: History, fromTick: number, toTick: number): void {
  for (let day = Math.floor(fromTick / TICKS_PER_DAY); day <= Math.floor(toTick / TICKS_PER_DAY); day += 1)
    history.excludedDays.add(day);
}

function decideDay(history: History, input: TickInput, options: OptimizerOptions): OptimizerDecision[] {
  const today = Math.floor(input.tick / TICKS_PER_DAY) + 1;
  restate(history, input, today);
  const evidence = evidenceOf(history, input, options, today);
  const decisions = [
    ...adDecisions(history, evidence, today),
    ...(isPriceSpike(history) ? [] : budgetDecisions(evidence, history, options)),
  ];
  for (const { action } of decisions) note(history, action, dayName(today));
  return decisions;
}

function adDecisions(history: History, evidence: OptimizationEvidence, today: number): OptimizerDecision[] {
  const said = [rescueAd, pauseBadAd, stopLoss]
    .map((rule): Suggestions => rule(evidence))
    .find((one) => one.autonomousActions.length > 0);
  const decisions: OptimizerDecision[] = [];
  for (const { action, evidence: why } of said?.autonomousActions ?? []) {
    if (action.kind !== 'pause_ad' && action.kind !== 'resume_ad') continue;
    if (action.kind === 'pause_ad' && (why.confidence ?? 0) < PAUSE_CHANCE) continue;
    const memory = history.ads.get(action.adKey);
    // Not replaced at once: a newcomer sets the whole group back into learning, which measured dearer than one ad less.
    if (memory) memory.pausedOn = action.kind === 'pause_ad' ? today : null;
    decisions.push({ action, reason: why.rule, chance: why.confidence });
  }
  const busy = decisions.flatMap(({ action }) => ('adKey' in action ? [action.adKey] : []));
  for (const adSet of evidence.adSets) {
    if (adSet.ads.some((ad) => busy.includes(ad.key))) continue;
    const tired = tiredAd(evidence, adSet);
    if (tired)
      decisions.push({
        action: { kind: 'replace_creative', adKey: tired.ad.key },
        reason: 'tired-creative',
        chance: tired.chance,
      });
  }
  return decisions;
}

function budgetDecisions(
  evidence: OptimizationEvidence,
  history: History,
  options: OptimizerOptions,
): OptimizerDecision[] {
  const adSets = evidence.adSets.filter((adSet) => adSet.ads.some((ad) => ad.status === 'delivering'));
  const touched = daysSinceTouched(
    evidence,
    adSets.map((adSet) => adSet.key),
  );
  if (adSets.length === 0 || (touched !== null && touched < ALLOCATION.restDays)) return [];
  const parts = adSets.map((adSet) => ({
    now: Number(adSet.dailyBudget.minor),
    numbers: lastDays(evidence, [adSet], ALLOCATION.windowDays),
  }));
  const results = parts.reduce((sum, part) => sum + part.numbers.results, 0);
  if (results < MIN_RESULTS || parts.some((part) => part.numbers.days < MIN_DAYS)) return [];
  const reported = parts.reduce((sum, part) => sum + part.numbers.reportedSpendMinor, 0);
  const value = options.resultValueMinor ?? averageValue(history);
  const worth = value !== null && options.margin !== null ? value * options.margin : null;
  const decided = allocate(
    parts,
    {
      worth,
      level: levelBelief(((value ?? 0) * results) / Math.max(1, reported), results),
      most: options.maxDailyMinor ?? 0,
      least: options.minDailyMinor ?? 300,
      mayLowerTotal: options.mayLowerTotal ?? true,
    },
    randomFrom(evidence.seed),
  );
  if (!decided) return [];
  // Lowering first: at no moment may the total pass its limit.
  return adSets
    .map((adSet, index) => ({ adSet, next: decided.budgets[index] ?? 0, now: parts[index]?.now ?? 0 }))
    .filter(({ next, now }) => next !== now)
    .sort((a, b) => a.next - a.now - (b.next - b.now))
    .map(({ adSet, next }) => ({
      action: { kind: 'set_budget', adSetKey: adSet.key, dailyBudgetMinor: next },
      reason: 'marginal-return',
      chance: decided.chance,
    }));
}

function note(history: History, action: OptimizerAction, day: string): void {
  const kinds: Partial<Record<OptimizerAction['kind'], PastAction['kind']>> = {
    pause_ad: 'pause_ad',
    resume_ad: 'resume_ad',
    set_budget: 'set_ad_set_budget',
    replace_creative: 'swap_creative',
  };
  const kind = kinds[action.kind];
  const subject = 'adKey' in action ? action.adKey : 'adSetKey' in action ? action.adSetKey : null;
  if (kind && subject) history.past.push({ kind, subjects: [subject], day, outcome: 'done' });
}
