import { advance, emptyState, type OptimizerState } from './create-optimizer';
import type { GuardState } from './guards';
import { type AdDay, RESTATED_DAYS, TICKS_PER_DAY, type TickSum } from './memory';
import type { OptimizerDecision, OptimizerOptions, TickInput, TickRow } from './types';

/** A state as plain data: what a JSON column can hold and give back. Lists stand for gaps by leaving them out. */
export type StoredState = {
  version: 1;
  /** The tick it stands at. */
  tick: number;
  most: number;
  stopped: string[];
  decidedOn: number;
  guard: GuardState;
  ads: StoredAd[];
  ticks: TickSum[];
  rows: TickRow[];
  excluded: number[];
  unreported: number[];
  editedOn: [adSetKey: string, day: number][];
  rotatedOn: [adSetKey: string, day: number][];
  unlike: boolean;
  restatesClicks: boolean;
  value: { results: number; valueMinor: number };
};
export type StoredAd = {
  key: string;
  adSetKey: string;
  creative: string;
  since: number;
  firsts: number[];
  pausedOn: number | null;
  rescuedOn: number | null;
  days: (AdDay & { day: number })[];
};

/** What the guards look back over, and what of it a stored state keeps. */
const KEPT_TICKS = 41 * TICKS_PER_DAY;
/** Older rows are told no more: the platform restates days, and only so many. */
const KEPT_ROWS = (RESTATED_DAYS + 2) * TICKS_PER_DAY;
/** Days older than this weigh under 3 % in the one belief that still reads them. */
const KEPT_DAYS = 150;

/**
 * The engine's one step: state, what happened, settings (with the seed) -> the next state and what to do. Pure: the state
 * given is left as it is. `null` is the state before the first tick.
 */
export function stepOptimizer(
  state: StoredState | null,
  input: TickInput,
  options: OptimizerOptions,
): { state: StoredState; decisions: OptimizerDecision[] } {
  const live = state ? awaken(state) : emptyState();
  const decisions = advance(live, input, options);
  return { state: store(live, input.tick), decisions };
}

function store({ memory, guard, most, stopped, decidedOn }: OptimizerState, tick: number): StoredState {
  const [firstTick, firstRow] = [tick - KEPT_TICKS, tick - KEPT_ROWS];
  const firstDay = Math.floor(tick / TICKS_PER_DAY) - KEPT_DAYS;
  const marked = (marks: readonly boolean[]) => marks.flatMap((mark, at) => (mark && at >= firstTick ? [at] : []));
  return {
    version: 1,
    tick,
    most,
    stopped,
    decidedOn,
    guard,
    ads: [...memory.ads.values()].map(({ days, ...ad }) => ({
      ...ad,
      firsts: [...ad.firsts],
      days: days.flatMap((one, day) => (one && (day >= firstDay || isFresh(ad.firsts, day)) ? [{ day, ...one }] : [])),
    })),
    ticks: memory.ticks.flatMap((one, at) => (one && at >= firstTick ? [{ ...one }] : [])),
    rows: [...memory.rows.values()].filter((row) => row.tick >= firstRow),
    excluded: marked(memory.excluded),
    unreported: marked(memory.unreported),
    editedOn: [...memory.editedOn],
    rotatedOn: [...memory.rotatedOn],
    unlike: memory.unlike,
    restatesClicks: memory.restatesClicks,
    value: { ...memory.value },
  };
}

/** The first week of a creative is what later ones are held against, however long ago. */
function isFresh(firsts: readonly number[], day: number): boolean {
  return firsts.some((first) => day >= first && day < first + 7);
}

function awaken(stored: StoredState): OptimizerState {
  const state = emptyState();
  const { memory } = state;
  for (const { days, ...ad } of stored.ads) {
    const held: (AdDay | undefined)[] = [];
    for (const { day, ...sums } of days) held[day] = sums;
    memory.ads.set(ad.key, { ...ad, firsts: [...ad.firsts], days: held });
  }
  for (const sum of stored.ticks) memory.ticks[sum.tick] = { ...sum };
  for (const row of stored.rows) {
    memory.rows.set(`${row.tick}:${row.adKey}`, row);
    const clicks = memory.clicks.get(row.adKey) ?? [];
    clicks[row.tick] = row.clicks;
    memory.clicks.set(row.adKey, clicks);
  }
  for (const tick of stored.excluded) memory.excluded[tick] = true;
  for (const tick of stored.unreported) memory.unreported[tick] = true;
  for (const [key, day] of stored.editedOn) memory.editedOn.set(key, day);
  for (const [key, day] of stored.rotatedOn) memory.rotatedOn.set(key, day);
  const { unlike, restatesClicks, value, guard, most, stopped, decidedOn } = stored;
  Object.assign(memory, { unlike, restatesClicks, value: { ...value } });
  return { memory, guard, most, stopped: [...stopped], decidedOn };
}
