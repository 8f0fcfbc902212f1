import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { record } from '../ledger/record';

/** Everything that changes an order's targets takes turns on the order: always the order first, then its targets. */
export async function lockOrder(tx: Tx, ctx: ServiceContext, stopId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "StopOrder" WHERE "id" = ${stopId} AND "workspaceId" = ${ctx.workspaceId} FOR UPDATE`;
}

/** The order is done once every target is, and says so once. The caller holds the order. */
export async function closeIfDone(tx: Tx, ctx: ServiceContext, stopId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ campaigns: number; projectId: string | null }[]>`
    UPDATE "StopOrder" s SET "state" = 'STOPPED', "confirmedAt" = clock_timestamp() AT TIME ZONE 'utc'
    WHERE s."id" = ${stopId} AND s."workspaceId" = ${ctx.workspaceId} AND s."state" = 'STOPPING'
      AND NOT EXISTS (SELECT 1 FROM "StopTarget" t WHERE t."stopId" = s."id" AND t."state" <> 'CONFIRMED')
    RETURNING (SELECT COUNT(*) FROM "StopTarget" t WHERE t."stopId" = s."id")::int AS campaigns, s."projectId"`;
  const done = rows[0];
  if (!done) return;
  await record(tx, ctx, {
    event: 'stop.confirmed',
    subject: { type: 'stop', id: stopId },
    projectId: done.projectId,
    payload: { campaigns: done.campaigns },
    audit: { before: { state: 'STOPPING' }, after: { state: 'STOPPED', campaigns: done.campaigns } },
  });
}
