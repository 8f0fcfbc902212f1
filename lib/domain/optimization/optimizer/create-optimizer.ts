import { randomFrom } from '../../statistics/random';
import { accepted, acceptedOptions, type OpenTick } from './accept';
import { allocate, levelBelief, USUAL_RETURN } from './allocate';
import { CALM, type GuardState, guard, isPriceSpike } from './guards';
import { ADS, accountRate, hopelessAd, isRescued, type JudgedAd, judgeGroup, worstAd } from './judge-ads';
import {
  type AdMemory,
  averageValue,
  dayOf,
  emptyMemory,
  forget,
  KEPT_ROW_TICKS,
  type Memory,
  remember,
  restate,
} from './memory';
import { pastValue, usualReturn, withPast } from './past-counts';
import { freshSums, ROTATION, tiredAd } from './rotate';
import { accountReturn, adsBySet, alikeBelief, BELIEFS, setBeliefs, setNumbers } from './set-beliefs';
import type { OptimizerAction, OptimizerDecision, OptimizerOptions, TickInput } from './types';

/** `step` takes a tick as far as it is known (accept.ts says what absent fields mean). */
export type Optimizer = { step(input: OpenTick): OptimizerDecision[] };

const MIN_RESULTS = 5;
const MIN_DAYS = 2;
/** Days between two edits of the same budget. */
const REST_DAYS = 2;

/** Everything an optimizer holds on to between ticks. */
export type OptimizerState = {
  memory: Memory;
  guard: GuardState;
  /** Total per day that may never be passed, minor units; 0 before the first tick. */
  most: number;
  /** Ad sets the guards put to rest. */
  stopped: string[];
  /** Last day that was decided, counted from the first tick; -1 before any. */
  decidedOn: number;
};

export function emptyState(): OptimizerState {
  return { memory: emptyMemory(), guard: CALM, most: 0, stopped: [], decidedOn: -1 };
}

/**
 * An optimizer that is told what happened every 4 hours and answers with what to do. It only carries the state; the step
 * is `advance`, which `stepOptimizer` (step.ts) offers as a pure function over stored state.
 * @throws TypeError or RangeError naming the option or field that is of another kind or outside its range
 */
export function createOptimizer(options: Partial<OptimizerOptions>): Optimizer {
  const settings = acceptedOptions(options);
  const state = emptyState();
  let last: TickInput | null = null;

  function step(given: OpenTick): OptimizerDecision[] {
    const input = accepted(given, last, last ? last.tick - KEPT_ROW_TICKS + 1 : 0);
    if (last && input.tick < last.tick) {
      // Told late: it adds what it knows; what would have been decided then is past.
      remember(state.memory, { ...input, ads: [] });
      return [];
    }
    last = input;
    forget(state.memory, input.tick);
    return advance(state, input, settings);
  }

  return { step };
}

/**
 * One tick: guards every time, decisions once per account day. No database, no clock, seeded chance: the same inputs give
 * the same answers. Changes the state it is given.
 */
export function advance(state: OptimizerState, input: TickInput, options: OptimizerOptions): OptimizerDecision[] {
  const { memory } = state;
  if (state.most === 0)
    state.most = options.maxDailyMinor || input.adSets.reduce((sum, adSet) => sum + adSet.dailyBudgetMinor, 0);
  remember(memory, input);
  const verdict = guard(state.guard, memory, input);
  state.guard = verdict.state;
  const decisions: OptimizerDecision[] = [];
  const say = (action: OptimizerAction) => decisions.push({ action, reason: verdict.reason, chance: null });
  if (verdict.ask) say({ kind: 'ask_owner' });
  if (verdict.stopAll) {
    const running = input.adSets.filter((adSet) => adSet.on).map((adSet) => adSet.key);
    state.stopped = [...new Set([...state.stopped, ...running])];
    for (const adSetKey of running) say({ kind: 'pause_ad_set', adSetKey });
  }
  if (verdict.goOn) {
    for (const adSetKey of state.stopped) say({ kind: 'resume_ad_set', adSetKey });
    state.stopped = [];
  }
  // A day whose end was frozen or late is decided as soon as it can be, until the next one ends.
  const lastEnded = dayOf(input.tick + 1) - 1;
  const isKnown = input.adSets.length > 0 && input.completeThrough >= input.tick;
  if (lastEnded <= state.decidedOn || verdict.frozen || !isKnown) return decisions;
  state.decidedOn = lastEnded;
  return [...decisions, ...decideDay(memory, input, { ...options, maxDailyMinor: state.most })];
}

function decideDay(memory: Memory, input: TickInput, options: OptimizerOptions): OptimizerDecision[] {
  restate(memory, input);
  const decisions = adDecisions(memory, input, options);
  const busy = new Set(decisions.flatMap(({ action }) => ('adKey' in action ? [setOf(memory, action.adKey)] : [])));
  if (!isPriceSpike(memory, input.tick)) decisions.push(...budgetDecisions(memory, input, options, busy));
  return decisions;
}

const setOf = (memory: Memory, adKey: string) => memory.ads.get(adKey)?.adSetKey ?? '';

function adDecisions(memory: Memory, input: TickInput, options: OptimizerOptions): OptimizerDecision[] {
  const today = dayOf(input.tick);
  const account = accountRate(memory, today, options.past?.account);
  const groups = adsBySet(memory);
  const on = new Set(input.ads.filter((ad) => ad.on).map((ad) => ad.key));
  const value = options.resultValueMinor ?? averageValue(memory) ?? pastValue(options.past?.account);
  const breakEven = value !== null && options.margin !== null ? value * options.margin : null;
  return input.adSets.flatMap((adSet): OptimizerDecision[] => {
    const all = groups.get(adSet.key) ?? [];
    const running = all.filter((ad) => on.has(ad.key));
    if (!adSet.on || running.length === 0) return [];
    const rescued = all.filter((ad) => isRescuable(ad, on, today));
    const judged = judgeGroup([...running, ...rescued], account, today);
    for (const ad of rescued) {
      const chance = isRescued(judged, ad);
      if (chance === null) continue;
      Object.assign(ad, { pausedOn: null, rescuedOn: today });
      return [{ action: { kind: 'resume_ad', adKey: ad.key }, reason: 'rescue-ad', chance }];
    }
    const live = judged.filter((one) => on.has(one.ad.key));
    const mayTouch = (ad: AdMemory) => today + 1 - ad.since >= ADS.minDays && ad.rescuedOn === null;
    const bad = worstAd(live, mayTouch);
    const hopeless = bad ?? hopelessAd(live, breakEven, mayTouch);
    if (hopeless) {
      // Not replaced at once: a newcomer sets the whole group back into learning, which measured dearer than one ad less.
      hopeless.one.ad.pausedOn = today;
      const reason = bad ? 'pause-bad-ad' : 'stop-loss';
      return [{ action: { kind: 'pause_ad', adKey: hopeless.one.ad.key }, reason, chance: hopeless.chance }];
    }
    return rotation(memory, adSet, all, live, today);
  });
}

/** Paused by us not long ago, with the creative it was paused with, never rescued before. */
function isRescuable(ad: AdMemory, on: ReadonlySet<string>, today: number): boolean {
  if (ad.pausedOn === null || on.has(ad.key) || ad.rescuedOn !== null) return false;
  return today - ad.pausedOn >= 1 && today - ad.pausedOn <= ADS.rescueDays;
}

function rotation(
  memory: Memory,
  adSet: TickInput['adSets'][number],
  all: readonly AdMemory[],
  live: readonly JudgedAd[],
  today: number,
): OptimizerDecision[] {
  const last = memory.rotatedOn.get(adSet.key);
  if (adSet.stock <= 0 || (last !== undefined && today - last < ROTATION.restDays)) return [];
  const tired = tiredAd(live, freshSums(all), today);
  if (!tired) return [];
  memory.rotatedOn.set(adSet.key, today);
  return [
    { action: { kind: 'replace_creative', adKey: tired.ad.key }, reason: 'tired-creative', chance: tired.chance },
  ];
}

function budgetDecisions(
  memory: Memory,
  input: TickInput,
  options: OptimizerOptions,
  busy: ReadonlySet<string>,
): OptimizerDecision[] {
  const today = dayOf(input.tick);
  const on = new Set(input.ads.filter((ad) => ad.on).map((ad) => ad.adSetKey));
  const groups = adsBySet(memory);
  // An ad set that is on and has hardly delivered yet stays as it is and holds up no other.
  const started = input.adSets
    .filter((adSet) => adSet.on && adSet.dailyBudgetMinor > 0 && on.has(adSet.key))
    .map((adSet) => ({
      adSet,
      numbers: setNumbers(adSet.key, adSet.dailyBudgetMinor, groups.get(adSet.key) ?? [], today),
    }))
    .filter((one) => one.numbers.days >= MIN_DAYS);
  const running = started.map(({ adSet }) => adSet);
  const numbers = started.map((one) => one.numbers);
  const results = numbers.reduce((sum, one) => sum + one.allResults, 0);
  if (numbers.length === 0 || results < MIN_RESULTS) return [];
  const weighed = withPast(numbers, options.past);
  const beliefs = setBeliefs(weighed);
  const alike = alikeBelief(weighed);
  const proved = numbers.length > 1 && alike.chance < BELIEFS.unlikeBelow;
  if (proved || Math.max(...numbers.map((one) => one.days)) >= BELIEFS.doubtDays) memory.unlike = true;
  const mayEdit = (key: string) => {
    const edited = memory.editedOn.get(key);
    return !busy.has(key) && (edited === undefined || today - edited >= REST_DAYS);
  };
  const parts = numbers.map((one, index) => ({
    now: one.budgetMinor,
    usual: one.usualMinor,
    belief: beliefs[index] ?? { mean: 0, variance: 1 },
    mayEdit: mayEdit(one.key),
  }));
  if (!parts.some((part) => part.mayEdit)) return [];
  const value = options.resultValueMinor ?? averageValue(memory) ?? pastValue(options.past?.account);
  const level = accountReturn(numbers, value ?? 0);
  const off = input.adSets.reduce((sum, adSet) => sum + (running.includes(adSet) ? 0 : adSet.dailyBudgetMinor), 0);
  const decided = allocate(
    parts,
    {
      worth: value !== null && options.margin !== null ? value * options.margin : null,
      level: levelBelief(level.counted, level.results, usualReturn(USUAL_RETURN, options.past?.account)),
      most: (options.maxDailyMinor ?? 0) - off,
      least: options.minDailyMinor ?? 300,
      mayLowerTotal: options.mayLowerTotal ?? true,
      alike: memory.unlike ? { ...alike, chance: 0 } : alike,
    },
    randomFrom(options.seed * 7919 + today),
  );
  if (!decided) return [];
  // Lowering first: at no moment may the total pass its limit.
  return running
    .map((adSet, index) => ({ adSet, next: decided.budgets[index] ?? 0, now: parts[index]?.now ?? 0 }))
    .filter(({ next, now }) => next !== now)
    .sort((a, b) => a.next - a.now - (b.next - b.now))
    .map(({ adSet, next }) => {
      memory.editedOn.set(adSet.key, today);
      return {
        action: { kind: 'set_budget', adSetKey: adSet.key, dailyBudgetMinor: next },
        reason: 'marginal-return',
        chance: decided.chance,
        gain: decided.gain,
      };
    });
}
