import { medianSorted, quantileSorted } from 'simple-statistics';
import { poissonCdf } from '../../statistics/quantiles';
import { type History, TICKS_PER_DAY, type TickSum } from './history';
import type { OwnerAnswer, TickInput } from './types';

/** What the guards hold on to between ticks. */
export type GuardState = {
  siteDown: boolean;
  /** The owner said the shop is broken: everything rests until "all fine". */
  restingSince: number | null;
  askedAt: number | null;
  /** Tracking is lost since this tick; nothing is changed and the days do not count. */
  trackingLostSince: number | null;
  /** No new question before this tick. */
  quietUntil: number;
};

export const CALM: GuardState = {
  siteDown: false,
  restingSince: null,
  askedAt: null,
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

/** Ticks of history before silence can be told from a slow day. */
const MIN_TICKS = 30;
const SILENCE_P = 0.0002;
const SILENCE_TICKS = 12;
const ASK_AGAIN_TICKS = 3;
const PATIENCE_TICKS = 18;
const TRACKING_CLICKS = 15;
const TRACKING_SHARE = 0.3;
/** Share of results reported 0, 1, 2 … ticks after the click; the rest trickles in over a week. */
const ARRIVAL = [0.38, 0.11, 0.08, 0.06, 0.05, 0.04];
const TRICKLE = 0.26;
const TRICKLE_TICKS = 42;

/** Judged at every tick, before anything else: stop at once, decide later. */
export function guard(state: GuardState, history: History, input: TickInput): GuardVerdict {
  const calm = { stopAll: false, goOn: false, ask: false, frozen: false, reason: 'calm' };
  if (input.siteAnswers === false)
    return {
      ...calm,
      state: { ...state, siteDown: true },
      stopAll: !state.siteDown,
      frozen: true,
      reason: 'site-down',
    };
  if (state.siteDown)
    return {
      ...calm,
      state: { ...state, siteDown: false, quietUntil: input.tick + TICKS_PER_DAY },
      goOn: state.restingSince === null,
      frozen: true,
      reason: 'site-back',
    };
  const answered = input.answer ? hear(state, input.answer, input.tick) : state;
  if (state.restingSince !== null) return resting(answered, state, input.tick);
  if (answered.restingSince !== null)
    return { ...calm, state: { ...answered, askedAt: null }, stopAll: true, frozen: true, reason: 'owner-says-broken' };
  const tracking = trackingState(answered, history, input);
  if (tracking.trackingLostSince !== null) return { ...calm, state: tracking, frozen: true, reason: 'tracking-lost' };
  const silent = input.tick >= answered.quietUntil && isSilent(history.ticks);
  const ask = silent && answered.askedAt === null;
  return {
    ...calm,
    state: { ...tracking, askedAt: ask ? input.tick : answered.askedAt },
    ask,
    frozen: silent || answered.askedAt !== null,
    reason: silent ? 'no-results' : 'calm',
  };
}

function hear(state: GuardState, answer: OwnerAnswer, tick: number): GuardState {
  const heard = { ...state, askedAt: null };
  if (answer === 'site-broken') return { ...heard, restingSince: state.restingSince ?? tick };
  if (answer === 'tracking-broken')
    return { ...heard, trackingLostSince: state.askedAt ?? tick, quietUntil: tick + PATIENCE_TICKS };
  return { ...heard, restingSince: null, quietUntil: tick + PATIENCE_TICKS };
}

/** While everything rests only the owner can know whether the shop works again: ask every half day. */
function resting(answered: GuardState, before: GuardState, tick: number): GuardVerdict {
  const over = answered.restingSince === null;
  const ask =
    !over &&
    (answered.askedAt === null || tick - answered.askedAt >= 2 * TICKS_PER_DAY) &&
    tick - (before.restingSince ?? tick) >= ASK_AGAIN_TICKS;
  return {
    state: { ...answered, askedAt: ask ? tick : answered.askedAt },
    stopAll: false,
    goOn: over,
    ask,
    frozen: true,
    reason: over ? 'owner-says-fine' : 'resting',
  };
}

/** Clicks without page views, while the site answers: the counting is broken, not the shop. */
function trackingState(state: GuardState, history: History, input: TickInput): GuardState {
  const recent = history.ticks.slice(-2);
  const clicks = sum(recent, (one) => one.clicks);
  const views = recent.some((one) => one.landingPageViews !== null)
    ? sum(recent, (one) => one.landingPageViews ?? 0)
    : null;
  const before = history.ticks.slice(0, -2);
  const usual =
    sum(before, (one) => one.landingPageViews ?? 0) /
    Math.max(
      1,
      sum(before, (one) => one.clicks),
    );
  const lost = views !== null && usual > 0.1 && clicks >= TRACKING_CLICKS && views / clicks < TRACKING_SHARE * usual;
  if (lost) return { ...state, trackingLostSince: state.trackingLostSince ?? input.tick - 1 };
  if (state.trackingLostSince === null) return state;
  const back =
    sum(recent, (one) => one.results) > 0 && (views === null || clicks < 5 || views / clicks >= TRACKING_SHARE * usual);
  return back ? { ...state, trackingLostSince: null, quietUntil: input.tick + PATIENCE_TICKS } : state;
}

/** Fewer results arrived over some stretch of the last two days than luck explains. */
function isSilent(ticks: readonly TickSum[]): boolean {
  if (ticks.length < MIN_TICKS) return false;
  const old = ticks.slice(0, -SILENCE_TICKS);
  const perClick =
    sum(old, (one) => one.results) /
    Math.max(
      1,
      sum(old, (one) => one.clicks),
    );
  let expected = 0;
  let seen = 0;
  for (let back = 1; back <= SILENCE_TICKS; back += 1) {
    const at = ticks.length - back;
    expected += 0.9 * perClick * arriving(ticks, at);
    seen += ticks[at]?.results ?? 0;
    if (expected > 5 && poissonCdf(seen, expected) < SILENCE_P) return true;
  }
  return false;
}

/** Clicks whose results are due to be reported in one tick. */
function arriving(ticks: readonly TickSum[], at: number): number {
  let clicks = 0;
  for (const [age, share] of ARRIVAL.entries()) clicks += share * (ticks[at - age]?.clicks ?? 0);
  const late = ticks.slice(Math.max(0, at - TRICKLE_TICKS), Math.max(0, at - ARRIVAL.length + 1));
  return late.length > 0 ? clicks + (TRICKLE * sum(late, (one) => one.clicks)) / TRICKLE_TICKS : clicks;
}

/** A price of showings far outside its last two weeks (robust z above 5, floor 0.05): no time for moving money. */
export function isPriceSpike(history: History): boolean {
  const daily: number[] = [];
  for (let end = history.ticks.length; end - TICKS_PER_DAY >= 0 && daily.length < 15; end -= TICKS_PER_DAY) {
    const day = history.ticks.slice(end - TICKS_PER_DAY, end);
    const impressions = sum(day, (one) => one.impressions);
    if (impressions > 0) daily.push(Math.log(sum(day, (one) => one.spendMinor) / impressions));
  }
  const [today, ...before] = daily;
  if (today === undefined || before.length < 7) return false;
  const sorted = [...before].sort((a, b) => a - b);
  const middle = medianSorted(sorted);
  const spread =
    quantileSorted(
      before.map((one) => Math.abs(one - middle)).sort((a, b) => a - b),
      0.5,
    ) * 1.4826;
  return Math.abs(today - middle) / Math.max(0.05, spread) > 5;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
