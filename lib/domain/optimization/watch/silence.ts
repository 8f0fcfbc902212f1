/**
 * Are results missing that ought to have arrived? Expected arrivals follow the clicks of the ticks before, each spread by
 * how late results come in. Two stories are held against "all is well": from some tick on clicks sell no more (earlier
 * clicks still report), or from some tick on nothing is reported at all.
 */
export type SilencePoint = { clicks: number; results: number };

export type Silence = {
  /** Log of how much better the best story explains the ticks than "all is well"; 0 = no sign. */
  strength: number;
  /** Index of the first silent point. */
  from: number;
  /** Everything stopped at once: counting is lost rather than the checkout broken. */
  looksLikeTracking: boolean;
};

/** Share of results that arrive 0, 1, 2 … ticks after the click; the rest trickles in over a week. */
const ARRIVAL = [0.36, 0.11, 0.08, 0.06, 0.05, 0.04] as const;
const TRICKLE = 0.26;
const TRICKLE_TICKS = 36;
const SILENCE_LOOK_BACK = 18;
/** Points older than the look-back before silence can be told from a slow day. */
const MIN_BASELINE_POINTS = 18;
const MIN_BASELINE_RESULTS = 6;
/** Results per click wander from day to day and week to week by this much (spread of the logarithm). */
const WANDER = 0.22;
/** Share of the usual that still arrives in the silent stories: the odd result counted twice or late. */
const REST = 0.03;

/** `usable(index)`: may this point be part of the baseline? */
export function silenceOf(points: readonly SilencePoint[], usable: (index: number) => boolean = () => true): Silence {
  const calm: Silence = { strength: 0, from: points.length, looksLikeTracking: false };
  const end = points.length;
  const start = end - SILENCE_LOOK_BACK;
  if (start < MIN_BASELINE_POINTS) return calm;
  const rate = cautiousRate(points, start, usable);
  if (rate === null) return calm;
  let best = calm;
  // bySource[i][k]: clicks before tick start + k whose results are due in tick start + i; the last entry is all of them.
  const bySource = Array.from({ length: end - start }, (_, index) => arriving(points, start + index, start));
  let tracking = 0;
  for (let from = end - 1; from >= start; from -= 1) {
    const seen = points[from]?.results ?? 0;
    const usual = Math.max(1e-9, rate * (bySource[from - start]?.at(-1) ?? 0));
    tracking += usual * (1 - REST) + seen * Math.log(REST);
    let checkout = 0;
    for (let at = from; at < end; at += 1) {
      const sources = bySource[at - start] ?? [];
      const all = Math.max(1e-9, rate * (sources.at(-1) ?? 0));
      const rest = Math.max(REST * all, Math.min(all, rate * (sources[from - start] ?? 0)));
      checkout += all - rest + (points[at]?.results ?? 0) * Math.log(rest / all);
    }
    const strength = Math.max(tracking, checkout);
    if (strength > best.strength) best = { strength, from, looksLikeTracking: tracking > checkout };
  }
  return best;
}

/** Results per click of the older points, pulled down by how uncertain it is; null with too few. */
function cautiousRate(points: readonly SilencePoint[], end: number, usable: (index: number) => boolean): number | null {
  let [clicks, results] = [0, 0];
  for (let at = 0; at < end; at += 1) {
    if (!usable(at)) continue;
    clicks += points[at]?.clicks ?? 0;
    results += points[at]?.results ?? 0;
  }
  if (results < MIN_BASELINE_RESULTS || clicks <= 0) return null;
  return (results / clicks) * Math.exp(-Math.sqrt(1 / results + WANDER * WANDER));
}

/** Clicks whose results are due in tick `at`: those made before `start`, before `start + 1`, … up to all of them. */
function arriving(points: readonly SilencePoint[], at: number, start: number): number[] {
  let sum = 0;
  const sums: number[] = [];
  for (let source = at - ARRIVAL.length - TRICKLE_TICKS + 1; source <= at; source += 1) {
    if (source >= start) sums.push(sum);
    const age = at - source;
    sum += (ARRIVAL[age] ?? TRICKLE / TRICKLE_TICKS) * (points[source]?.clicks ?? 0);
  }
  sums.push(sum);
  return sums;
}
