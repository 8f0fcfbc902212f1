import { type FactDay, feedOf, type SeenDay, spreadDay } from './feed';
import { CALM } from './guards';
import { TICKS_PER_DAY } from './memory';
import { type StoredState, stepOptimizer } from './step';
import type { OptimizerDecision, OptimizerOptions, TickInput } from './types';

export type Held = { engine: StoredState; seen: SeenDay[] };

export type CatchUp = {
  held: Held | null;
  /** The account's current day, counted from the engine's first. */
  today: number;
  /** The tick that has just ended, counted from the first day's midnight. */
  tick: number;
  /** Every ad's days that may be restated, or all of them where nothing is held yet. */
  facts: readonly FactDay[];
  adSets: TickInput['adSets'];
  ads: TickInput['ads'];
  /** Ticks in which alarms say that nothing could be counted or sold. */
  spoiled: readonly number[];
  /** An alarm is open: nothing is decided. */
  frozen: boolean;
  options: OptimizerOptions;
};

/**
 * Brings a stored engine up to the tick that has just ended and says what it decides for today: at the end of the last
 * whole day and on whole days alone; null where today's decision was taken at an earlier look. Days that were missed are
 * lived through without deciding. The alarms of the stop switch stand above the engine's own guards.
 */
export function catchUp(input: CatchUp): { held: Held | null; decisions: OptimizerDecision[] | null } {
  const { today, tick } = input;
  let held = input.held;
  let decisions: OptimizerDecision[] | null = null;
  const first = held ? Math.floor(held.engine.tick / TICKS_PER_DAY) : firstDay(input.facts, today);
  for (let day = first; day < today; day += 1) {
    const end = (day + 1) * TICKS_PER_DAY - 1;
    const decides = day === today - 1;
    if (held && isBehind(held.engine, end, decides ? day : null)) continue;
    const stepped = oneStep(input, held, end, decides);
    if (decides) decisions = stepped.decisions;
    held = { ...stepped.held, engine: decides ? stepped.held.engine : undecided(stepped.held.engine, held) };
  }
  if (tick < today * TICKS_PER_DAY || (held && held.engine.tick >= tick)) return { held, decisions };
  const { held: now } = oneStep(input, held, tick, false);
  const decidedOn = held?.engine.decidedOn ?? -1;
  return { held: { ...now, engine: { ...undecided(now.engine, held), decidedOn } }, decisions };
}

function firstDay(facts: readonly FactDay[], today: number): number {
  return facts.reduce((first, fact) => Math.min(first, fact.day), today);
}

/** Was this tick lived through, and decided on where that was asked? */
function isBehind({ tick, decidedOn }: StoredState, end: number, decided: number | null): boolean {
  return tick > end || (tick === end && (decided === null || decidedOn >= decided));
}

function oneStep(
  input: CatchUp,
  held: Held | null,
  tick: number,
  decides: boolean,
): { held: Held; decisions: OptimizerDecision[] } {
  const day = Math.floor(tick / TICKS_PER_DAY);
  const known = input.facts.filter((fact) => fact.day <= day);
  const fed = feedOf(held?.engine ?? null, held?.seen ?? [], known, tick);
  // A past day that nobody looked at in time has no ticks of its own: it is taken as even.
  const even = day < input.today && (!held || held.engine.tick < day * TICKS_PER_DAY);
  const { state, decisions } = stepOptimizer(
    held ? quiet(held.engine, input.spoiled) : null,
    {
      tick,
      rows: even ? spreadDay(known, day) : fed.rows,
      completeThrough: decides && input.frozen ? tick - 1 : tick,
      adSets: input.adSets,
      ads: input.ads,
      siteAnswers: true,
      ...(fed.restated ? { restated: fed.restated } : {}),
    },
    input.options,
  );
  return { held: { engine: state, seen: fed.seen }, decisions };
}

/** The state with the stop switch's word on it: its alarms say what rests and which ticks are no evidence. */
function quiet(engine: StoredState, spoiled: readonly number[]): StoredState {
  return { ...engine, guard: CALM, excluded: [...new Set([...engine.excluded, ...spoiled])] };
}

/** What a step would have done that nobody asked about was not done. */
function undecided(state: StoredState, held: Held | null): StoredState {
  const earlier = new Map((held?.engine.ads ?? []).map((ad) => [ad.key, ad]));
  return {
    ...state,
    editedOn: held?.engine.editedOn ?? [],
    rotatedOn: held?.engine.rotatedOn ?? [],
    ads: state.ads.map((ad) => ({
      ...ad,
      pausedOn: ad.creative === earlier.get(ad.key)?.creative ? (earlier.get(ad.key)?.pausedOn ?? null) : null,
      rescuedOn: ad.creative === earlier.get(ad.key)?.creative ? (earlier.get(ad.key)?.rescuedOn ?? null) : null,
    })),
  };
}
