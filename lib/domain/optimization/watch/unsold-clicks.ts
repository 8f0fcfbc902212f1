/** One stretch of the latest ticks: clicks, how many of them can have sold and reported by now, and what they sold. */
export type ClickWindow = { from: number; reportable: number; results: number };

export type Unsold = {
  /** Log of how much better "no click sells since `from`" explains the results than "all is well"; 0 = no sign. */
  strength: number;
  from: number;
};

/** Several lengths are looked at at every tick: what the best of them must show beyond a single look (log). */
const LOOKS = 0.7;
/** Share of the usual that a broken checkout still lets through: the odd order by telephone or booked late. */
const REST = 0.03;

/**
 * Do the latest clicks sell at all? Results are counted by the time of their click, so that late results of earlier clicks,
 * which go on arriving while a checkout is broken, no longer hide it.
 * @param rate results per click, on the cautious side
 */
export function unsoldClicks(windows: readonly ClickWindow[], rate: number): Unsold | null {
  let best: Unsold | null = null;
  for (const { from, reportable, results } of windows) {
    const strength = (1 - REST) * rate * reportable + results * Math.log(REST) - LOOKS;
    if (strength > (best?.strength ?? 0)) best = { strength, from };
  }
  return best;
}
