/** Two arms over one batch: exposures (showings, clicks or money) and events. */
export type Batch = { exposureA: number; exposureB: number; eventsA: number; eventsB: number };

/** Log rate ratios b / a that are bet on: a half-normal on the logarithm, both directions. */
const SCALE = 0.3;
const POINTS = 16;
const GRID = Array.from({ length: POINTS }, (_, index) => {
  const size = SCALE * 3 * ((Math.floor(index / 2) + 0.5) / (POINTS / 2));
  const log = index % 2 === 0 ? size : -size;
  return { log, weight: Math.exp(-((size / SCALE) ** 2) / 2) };
});
const TOTAL_WEIGHT = GRID.reduce((sum, point) => sum + point.weight, 0);

/** The running evidence against equal rates; one logarithm per bet. */
export type EProcess = readonly number[];
export const NO_EVIDENCE: EProcess = GRID.map(() => 0);

/**
 * Adds one batch. Given the batch's totals each bet's factor has expectation at most 1 under equal rates, whatever the
 * traffic, season or past-dependent split; so P(E ever reaches 1/alpha) <= alpha at every stopping time.
 */
export function addBatch(state: EProcess, batch: Batch): EProcess {
  const { exposureA, exposureB, eventsA, eventsB } = batch;
  if (exposureA <= 0 || exposureB <= 0 || eventsA + eventsB === 0) return state;
  return state.map((sum, index) => {
    const log = GRID[index]?.log ?? 0;
    const ratio = Math.exp(log);
    return (
      sum + eventsB * log + (eventsA + eventsB) * Math.log((exposureA + exposureB) / (exposureA + ratio * exposureB))
    );
  });
}

/** E: how often over the fair odds the bets have multiplied their stake. */
export function evidenceOf(state: EProcess): number {
  return state.reduce((sum, log, index) => sum + (GRID[index]?.weight ?? 0) * Math.exp(log), 0) / TOTAL_WEIGHT;
}

/** May a difference be claimed at this error rate? `comparisons`: how many pairs are watched at once. */
export function mayClaim(state: EProcess, alpha = 0.05, comparisons = 1): boolean {
  return evidenceOf(state) >= comparisons / alpha;
}
