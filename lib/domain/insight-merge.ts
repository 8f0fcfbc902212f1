import type { InsightRow } from './insight';

/** What makes two rows statements about the same thing. */
export function insightKey(row: Pick<InsightRow, 'level' | 'entityId' | 'day' | 'attribution'>): string {
  return `${row.level}|${row.entityId}|${row.day}|${row.attribution}`;
}

/**
 * One row per entity, day and attribution, whatever order or how often the pages brought them. Pages that shift while
 * they are read can bring a row twice with different counts: the fuller one was read later and counts.
 */
export function distinctRows(rows: readonly InsightRow[]): InsightRow[] {
  const kept = new Map<string, InsightRow>();
  for (const row of rows) {
    const key = insightKey(row);
    const other = kept.get(key);
    if (!other || fuller(row, other)) kept.set(key, row);
  }
  return [...kept.values()];
}

function fuller(a: InsightRow, b: InsightRow): boolean {
  const measures = (row: InsightRow) => [
    row.impressions,
    Number(row.spendMinor),
    row.clicks,
    row.results ?? -1,
    Number(row.valueMinor ?? -1n),
    row.landingPageViews ?? -1,
    row.reach ?? -1,
  ];
  const [left, right] = [measures(a), measures(b)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}
