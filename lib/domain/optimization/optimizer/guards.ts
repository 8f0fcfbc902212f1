import { priceZ, SPIKE_Z } from '../watch/price-spike';
import { cautiousRate, SILENCE_LOOK_BACK, type Silence, silenceOf } from '../watch/silence';
import { type Unsold, unsoldClicks } from '../watch/unsold-clicks';
import { ASK_STRENGTH, viewsAreLost } from '../watch/watch-for-trouble';
import { exclude, type Memory, reportedAfter, TICKS_PER_DAY, type TickSum } from './memory';
import type { OwnerAnswer, TickInput } from './types';

/** What the guards hold on to between ticks. */
export type GuardState = {
  /** The home page does not answer since this tick; everything rests. */
  siteDownSince: number | null;
  /** The owner said the shop is broken: everything rests until "all fine". */
  restingSince: number | null;
  askedAt: number | null;
  /** First silent tick the open question is about. */
  silentSince: number | null;
  /** Tracking is lost since this tick; nothing is changed and its ticks do not count. */
  trackingLostSince: number | null;
  /** No new question before this tick. */
  quietUntil: number;
  /** Everything rests since this tick because clicks seem to sell no more, until the owner answers. */
  heldSince?: number | null;
};

export const CALM: GuardState = {
  siteDownSince: null,
  restingSince: null,
  askedAt: null,
  silentSince: null,
  trackingLostSince: null,
  quietUntil: 0,
};

export type GuardVerdict = {
  state: GuardState;
  stopAll: boolean;
  goOn: boolean;
  ask: boolean;
  frozen: boolean;
  reason: string;
};

/** Ticks after an unanswered question until it is put again while everything rests. */
const ASK_AGAIN_TICKS = 8;
const PATIENCE_TICKS = 18;
/** Weak silence puts a decision off by some hours, which costs nearly nothing; an edit into lost counting misleads for weeks. */
const HOLD_STRENGTH = 1.8;
/** Ticks before lost tracking was noticed that are taken to be lost as well. */
const NOTICED_LATE_TICKS = 1;
const STEADY = { stopAll: false, goOn: false, ask: false, frozen: false, reason: 'calm' };

/** Judged at every tick, before anything else: stop at once, decide later. Marks in memory what is no evidence. */
export function guard(before: GuardState, memory: Memory, input: TickInput): GuardVerdict {
  const { tick } = input;
  if (input.siteAnswers === false) return siteFails(before, memory, tick);
  if (before.siteDownSince !== null && input.siteAnswers === null)
    return { ...STEADY, state: before, frozen: true, reason: 'site-down' };
  const state = { ...before, siteDownSince: null };
  if (before.siteDownSince !== null) {
    exclude(memory, before.siteDownSince, tick, false);
    state.quietUntil = Math.max(state.quietUntil, tick + TICKS_PER_DAY);
    if (before.restingSince === null && before.heldSince == null)
      return { ...STEADY, state, goOn: true, frozen: true, reason: 'site-back' };
  }
  const heard = input.answer ? hear(state, input.answer, memory, tick) : state;
  if (state.heldSince != null && heard.heldSince == null && heard.restingSince === null) {
    exclude(memory, state.heldSince, tick, heard.trackingLostSince !== null);
    return { ...STEADY, state: heard, goOn: true, frozen: true, reason: 'owner-says-fine' };
  }
  if (heard.restingSince !== null || state.restingSince !== null) return resting(heard, state, memory, tick);
  return watching(heard, memory, input);
}

function siteFails(state: GuardState, memory: Memory, tick: number): GuardVerdict {
  const since = state.siteDownSince ?? tick;
  exclude(memory, since, tick, false);
  return {
    ...STEADY,
    state: { ...state, siteDownSince: since },
    stopAll: state.siteDownSince === null && state.restingSince === null,
    frozen: true,
    reason: 'site-down',
  };
}

function hear(state: GuardState, answer: OwnerAnswer, memory: Memory, tick: number): GuardState {
  const heard = { ...state, askedAt: null, silentSince: null, heldSince: null };
  const since = state.silentSince ?? state.askedAt ?? tick;
  if (answer === 'all-fine') {
    if (state.restingSince !== null) exclude(memory, state.restingSince, tick, false);
    return { ...heard, restingSince: null, quietUntil: tick + PATIENCE_TICKS };
  }
  // What was silent was broken all along.
  exclude(memory, since, tick, answer === 'tracking-broken');
  if (answer === 'site-broken') return { ...heard, restingSince: state.restingSince ?? since };
  return { ...heard, restingSince: null, trackingLostSince: state.trackingLostSince ?? since };
}

/** While everything rests only the owner can know whether the shop works again. */
function resting(heard: GuardState, before: GuardState, memory: Memory, tick: number): GuardVerdict {
  if (heard.restingSince === null)
    return { ...STEADY, state: heard, goOn: true, frozen: true, reason: 'owner-says-fine' };
  exclude(memory, heard.restingSince, tick, false);
  const ask = heard.askedAt === null || tick - heard.askedAt >= ASK_AGAIN_TICKS;
  return {
    ...STEADY,
    state: { ...heard, askedAt: ask ? tick : heard.askedAt },
    stopAll: before.restingSince === null,
    ask,
    frozen: true,
    reason: before.restingSince === null ? 'owner-says-broken' : 'resting',
  };
}

function watching(state: GuardState, memory: Memory, input: TickInput): GuardVerdict {
  const { tick } = input;
  const ticks = recentTicks(memory, tick);
  const offset = tick + 1 - ticks.length;
  const usable = (index: number) => !memory.excluded[offset + index];
  const tracked = followTracking(state, memory, input, ticks, usable);
  if (tracked.trackingLostSince !== null) {
    exclude(memory, tracked.trackingLostSince, tick, true);
    return { ...STEADY, state: tracked, frozen: true, reason: 'tracking-lost' };
  }
  if (input.completeThrough < tick) return { ...STEADY, state: tracked, frozen: true, reason: 'rows-missing' };
  if (tracked.heldSince != null) return held(tracked, memory, input);
  if (tick < tracked.quietUntil) return { ...STEADY, state: tracked, frozen: tracked.askedAt !== null };
  const silence: Silence = silenceOf(ticks, usable);
  const unsold = newestUnsold(memory, input, ticks, usable);
  const strength = Math.max(silence.strength, unsold?.strength ?? 0);
  const ask = strength >= ASK_STRENGTH && tracked.askedAt === null;
  const frozen = tracked.askedAt !== null || strength >= HOLD_STRENGTH;
  const since = unsold && unsold.strength >= silence.strength ? unsold.from : offset + silence.from;
  // Late results of earlier clicks still arrive: the counting works and it is the clicks that sell no more.
  const holds = ask && !silence.looksLikeTracking;
  return {
    ...STEADY,
    state: ask ? { ...tracked, askedAt: tick, silentSince: since, heldSince: holds ? tick : null } : tracked,
    stopAll: holds,
    ask,
    frozen,
    reason: frozen ? 'no-results' : 'calm',
  };
}

/** Longest rest on our own suspicion: an owner who says nothing for two days has seen nothing wrong. */
const HELD_TICKS = 12;

/** At rest until the owner answers, a click of the silent ticks turns out to have sold, or patience ends. */
function held(state: GuardState, memory: Memory, input: TickInput): GuardVerdict {
  const { tick } = input;
  const from = state.silentSince ?? state.heldSince ?? tick;
  const sold = (input.restated?.(from, tick) ?? []).reduce((sum, row) => sum + row.results, 0);
  const over = sold > 0 || tick - (state.heldSince ?? tick) >= HELD_TICKS;
  if (!over) return { ...STEADY, state, frozen: true, reason: 'no-results' };
  const next = { ...state, heldSince: null, askedAt: null, silentSince: null, quietUntil: tick + TICKS_PER_DAY };
  exclude(memory, state.heldSince ?? tick, tick, false);
  return { ...STEADY, state: next, goOn: true, frozen: true, reason: 'results-return' };
}

const UNSOLD_WINDOWS = [2, 4, 6, 9, 12, 18] as const;

/** The latest clicks against what they have sold; null without restated sums or with too little of a past. */
function newestUnsold(
  memory: Memory,
  input: TickInput,
  ticks: readonly TickSum[],
  usable: (index: number) => boolean,
): Unsold | null {
  const { restated, tick } = input;
  const end = ticks.length;
  const rate = restated && end > 2 * SILENCE_LOOK_BACK ? cautiousRate(ticks, end - SILENCE_LOOK_BACK, usable) : null;
  if (!restated || rate === null) return null;
  const windows = UNSOLD_WINDOWS.flatMap((length) => {
    const from = tick + 1 - length;
    let [clicks, reportable] = [0, 0];
    for (let at = end - length; at < end; at += 1) {
      if (!usable(at)) return [];
      const own = ticks[at]?.clicks ?? 0;
      clicks += own;
      reportable += own * reportedAfter(end - 1 - at);
    }
    if (rate * reportable < HOLD_STRENGTH) return [];
    let [results, named] = [0, 0];
    for (const row of restated(from, tick)) {
      results += row.results;
      named += row.clicks;
    }
    // Restated sums that lag name fewer clicks than the rows did.
    const share = memory.restatesClicks ? Math.min(1, named / Math.max(1, clicks)) : 1;
    return [{ from, reportable: reportable * share, results }];
  });
  return unsoldClicks(windows, rate);
}

/** Clicks without page views, while the site answers: the counting is broken, not the shop. */
function followTracking(
  state: GuardState,
  memory: Memory,
  input: TickInput,
  ticks: readonly TickSum[],
  usable: (index: number) => boolean,
): GuardState {
  const views = viewsAreLost(ticks, usable);
  if (views.lost) return { ...state, trackingLostSince: state.trackingLostSince ?? input.tick - NOTICED_LATE_TICKS };
  if (state.trackingLostSince === null) return state;
  const recent = ticks.slice(-2);
  const viewsFine = views.back || recent.every((one) => one.landingPageViews === null);
  const results = recent.reduce((sum, one) => sum + one.results, 0);
  if (!viewsFine || results === 0) return state;
  // What was reported in the tick it came back is already good.
  memory.excluded[input.tick] = false;
  return { ...state, trackingLostSince: null, quietUntil: input.tick + PATIENCE_TICKS };
}

const LOOK_BACK_TICKS = 40 * TICKS_PER_DAY;

/** The last weeks' ticks without gaps: a tick without rows counts as empty. */
function recentTicks(memory: Memory, tick: number): TickSum[] {
  const first = Math.max(0, tick + 1 - LOOK_BACK_TICKS);
  return Array.from(
    { length: tick + 1 - first },
    (_, index) =>
      memory.ticks[first + index] ?? {
        tick: first + index,
        impressions: 0,
        clicks: 0,
        spendMinor: 0,
        landingPageViews: null,
        results: 0,
      },
  );
}

/** A price of showings far outside its last two weeks: no time for moving money. */
export function isPriceSpike(memory: Memory, tick: number): boolean {
  const z = priceZ(recentTicks(memory, tick).slice(-15 * TICKS_PER_DAY));
  return z !== null && Math.abs(z) > SPIKE_Z;
}
