import type { LocalHour } from './account-clock';
import { seeded } from './rng';
import { dayVolume, hourVolume, volumeFrom } from './season';
import type { BudgetState, Season } from './types';

/** A day may exceed the daily budget by this much; a week may not exceed seven of them. */
const DAILY_BAND = 1.75;
const DAYS_PER_WEEK = 7;
const HOUR_MS = 3_600_000;

export function emptyBudgetState(): BudgetState {
  return {
    day: -1,
    dayNoise: 1,
    dayShare: 1,
    dayCarryMinor: 0,
    daySpentMinor: 0,
    week: -1,
    weekSpentMinor: 0,
    weekPlannedMinor: 0,
    spentMinor: 0,
  };
}

type Turn = {
  seed: number;
  ordinal: number;
  local: LocalHour;
  bucketStartMs: number;
  dailyBudgetMinor: number | null;
  lifetimeBudgetMinor: number | null;
  endMs: number | null;
  season?: Season;
};

function turnDay(state: BudgetState, turn: Turn, budget: number): void {
  const { local } = turn;
  if (state.day === local.day) return;

  if (state.week !== local.week) {
    state.week = local.week;
    state.weekSpentMinor = 0;
    state.weekPlannedMinor = 0;
  }
  // Money the market did not offer earlier in the week is caught up slowly, and overspending paid back.
  // A lifetime budget needs no such memory: what is left is spread anew each hour.
  const isDaily = turn.dailyBudgetMinor !== null;
  state.dayCarryMinor = isDaily ? 0.3 * (state.weekPlannedMinor - state.weekSpentMinor) : 0;
  state.day = local.day;
  state.daySpentMinor = 0;
  state.dayNoise = Math.min(1.6, seeded(turn.seed, 'budget', turn.ordinal, local.day).logNormal(0.13, 0.992));
  state.dayShare = isDaily ? volumeFrom(local.hour, turn.season) / dayVolume(turn.season) : 1;
  state.weekPlannedMinor += budget * state.dayShare;
}

function leftForever(state: BudgetState, turn: Turn): number {
  if (turn.lifetimeBudgetMinor === null) return Number.POSITIVE_INFINITY;
  return Math.max(0, turn.lifetimeBudgetMinor - state.spentMinor);
}

function dailyEquivalent(state: BudgetState, turn: Turn): number | null {
  if (turn.dailyBudgetMinor !== null) return turn.dailyBudgetMinor;
  if (turn.lifetimeBudgetMinor === null || turn.endMs === null) return null;
  const hoursLeft = Math.max(1, (turn.endMs - turn.bucketStartMs) / HOUR_MS);
  const hoursToday = Math.min(24 - turn.local.hour, hoursLeft);
  const sinceMidnight = state.day === turn.local.day ? state.daySpentMinor : 0;
  return sinceMidnight + (leftForever(state, turn) * hoursToday) / hoursLeft;
}

/** What a holder of a budget would like to spend in this hour, inside the day's and the week's band. */
export function hourlyAllowance(state: BudgetState, turn: Turn): number {
  const budget = dailyEquivalent(state, turn);
  if (budget === null || budget <= 0) return 0;
  turnDay(state, turn, budget);

  const wanted = Math.max(0, (budget * state.dayNoise + state.dayCarryMinor) * state.dayShare - state.daySpentMinor);
  const spare = spareMinor(state, turn);
  if (wanted <= 0 || spare <= 0) return 0;

  const share = hourVolume(turn.local.hour, turn.season) / volumeFrom(turn.local.hour, turn.season);
  const noise = seeded(turn.seed, 'pace', turn.ordinal, turn.local.day, turn.local.hour).between(0.85, 1.15);
  return Math.min(spare, wanted * Math.min(1, share * noise));
}

/** Whole minor units that may still be charged today, this week and in all. */
export function spareMinor(state: BudgetState, turn: Turn): number {
  const forever = leftForever(state, turn);
  if (turn.dailyBudgetMinor === null) return Math.floor(forever);
  const today = DAILY_BAND * turn.dailyBudgetMinor - state.daySpentMinor;
  const thisWeek = DAYS_PER_WEEK * turn.dailyBudgetMinor - state.weekSpentMinor;
  return Math.floor(Math.max(0, Math.min(today, thisWeek, forever)));
}

export function charge(state: BudgetState, minor: number): void {
  state.daySpentMinor += minor;
  state.weekSpentMinor += minor;
  state.spentMinor += minor;
}
