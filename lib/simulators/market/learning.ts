import { HOUR_MS, type Hour } from './hour';
import type { AdSetState, HourCell, MarketAdSet } from './types';

const LEARNING_EVENTS = 50;
const LEARNING_MS = 7 * 24 * HOUR_MS;
const LONG_PAUSE_MS = 7 * 24 * HOUR_MS;

/** What brings an ad set out of learning: the events it is optimized for. */
export function learningEventsOf(adSet: MarketAdSet, cell: HourCell, results: number): number {
  if (adSet.goal === 'clicks') return cell.linkClicks;
  if (adSet.goal === 'landing') return cell.landingViews;
  if (adSet.goal === 'reach') return cell.impressions;
  return results;
}

/** Significant edits and long pauses start learning anew; fifty events within a week end it. */
export function updateLearning(one: { adSet: MarketAdSet; state: AdSetState }, hour: Hour): void {
  const { state } = one;
  const pausedMs = state.lastDeliveryMs === null ? 0 : hour.startMs - state.lastDeliveryMs;
  const since = Math.max(one.adSet.significantEditMs, pausedMs >= LONG_PAUSE_MS ? hour.startMs : 0);
  if (since > state.learningSinceMs) {
    state.learningSinceMs = since;
    state.learningEvents = 0;
    state.learnedAtMs = null;
  }
  const isInTime = hour.startMs - state.learningSinceMs <= LEARNING_MS;
  if (state.learnedAtMs === null && isInTime && state.learningEvents >= LEARNING_EVENTS)
    state.learnedAtMs = hour.startMs;
}

/** The part of learning that still lies ahead, 1 to 0. */
export function learningLeft(state: AdSetState, hour: Hour): number {
  if (state.learnedAtMs !== null) return 0;
  const byEvents = state.learningEvents / LEARNING_EVENTS;
  const byTime = (hour.startMs - state.learningSinceMs) / LEARNING_MS;
  return Math.max(0, 1 - Math.max(byEvents, byTime));
}
