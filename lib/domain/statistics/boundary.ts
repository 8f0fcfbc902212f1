/** Two-sided 5 % O'Brien-Fleming limit for any number of looks. */
const OBRIEN_FLEMING_5 = 2.2414;

/** |z| a group-sequential test must reach after this share (0..1] of the planned looks to claim at 5 %. */
export function claimBoundary(shareOfLooks: number): number {
  if (shareOfLooks <= 0) return Number.POSITIVE_INFINITY;
  return OBRIEN_FLEMING_5 / Math.sqrt(Math.min(1, shareOfLooks));
}

export type Stratum = { exposureA: number; exposureB: number; eventsA: number; eventsB: number };

/** Stratified (Mantel-Haenszel) z of b against a over batches of rare events; 0 with nothing to compare. */
export function stratifiedZ(batches: readonly Stratum[]): number {
  let difference = 0;
  let variance = 0;
  for (const { exposureA, exposureB, eventsA, eventsB } of batches) {
    const exposure = exposureA + exposureB;
    if (exposureA <= 0 || exposureB <= 0) continue;
    const share = exposureB / exposure;
    const events = eventsA + eventsB;
    difference += eventsB - events * share;
    variance += events * share * (1 - share);
  }
  return variance > 0 ? difference / Math.sqrt(variance) : 0;
}
