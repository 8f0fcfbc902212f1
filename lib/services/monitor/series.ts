import { type Moment, type TickSeries, tickSeries } from '../../domain/tick-series';
import { addDays, dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** Account days of the intraday series that are looked at. */
const DAYS = 24;

/** The 4-hour series of some campaigns together, from the moments of the last weeks. */
export async function readTickSeries(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaignRemoteIds: readonly string[]; zone: string; now: Date },
): Promise<TickSeries> {
  const rows = await tx.insightMoment.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      platform: 'meta',
      entityId: { in: [...input.campaignRemoteIds] },
      day: { gte: new Date(addDays(dayIn(input.zone, input.now), -DAYS)) },
    },
    orderBy: { at: 'asc' },
  });
  const moments = rows.map(
    (row): Moment => ({
      entityId: row.entityId,
      day: row.day.toISOString().slice(0, 10),
      at: row.at,
      // Days of ads cost far less than the largest whole number a double holds.
      spendMinor: Number(row.spendMinor),
      impressions: row.impressions,
      clicks: row.clicks,
      landingPageViews: row.landingPageViews,
      results: row.results,
    }),
  );
  return tickSeries(moments, input);
}
