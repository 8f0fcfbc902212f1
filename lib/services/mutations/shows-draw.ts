import type { DrawSeen } from '../../platforms/port';

type DrawWanted = { startsAt: string; endsAt: string; cells: readonly { sharePercent: number; adSetIds: string[] }[] };

/** True where a draw is the one asked for: not cancelled, the same cells with the same shares, the same end. */
export function showsDraw(seen: DrawSeen, wanted: DrawWanted): boolean {
  const told = (cells: DrawWanted['cells']) =>
    cells
      .map(({ sharePercent, adSetIds }) => `${sharePercent}:${[...adSetIds].sort().join(',')}`)
      .sort()
      .join(' ');
  return (
    !seen.isCancelled &&
    told(seen.cells) === told(wanted.cells) &&
    seen.startsAt === wanted.startsAt &&
    seen.endsAt === wanted.endsAt
  );
}

/** True where nothing is kept apart any more: gone, cancelled, or its end has come. `at`: business time. */
export function isDrawOver(seen: DrawSeen | null, at: Date): boolean {
  return seen === null || seen.isCancelled || (seen.endsAt !== null && Date.parse(seen.endsAt) <= at.getTime());
}
