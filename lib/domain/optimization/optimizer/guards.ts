import { priceZ, SPIKE_Z } from '../watch/price-spike';
import { type Silence, silenceOf } from '../watch/silence';
import { ASK_STRENGTH, viewsAreLost } from '../watch/watch-for-trouble';
import { exclude, type Memory, TICKS_PER_DAY, type TickSum } from './memory';
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
    if (before.restingSince === null) return { ...STEADY, state, goOn: true, frozen: true, reason: 'site-back' };
  }
  const heard = input.answer ? hear(state, input.answer, memory, tick) : state;
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
  const heard = { ...state, askedAt: null, silentSince: null };
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
  const silence: Silence | null = tick >= tracked.quietUntil ? silenceOf(ticks, usable) : null;
  const ask = silence !== null && silence.strength >= ASK_STRENGTH && tracked.askedAt === null;
  const frozen = tracked.askedAt !== null || (silence !== null && silence.strength >= HOLD_STRENGTH);
  return {
    ...STEADY,
    state: ask ? { ...tracked, askedAt: tick, silentSince: offset + (silence?.from ?? 0) } : tracked,
    ask,
    frozen,
    reason: frozen ? 'no-results' : 'calm',
  };
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
