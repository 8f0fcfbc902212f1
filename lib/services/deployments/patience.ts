import type { AccountAccess } from '../../platforms/port';
import { type ServiceContext, transact } from '../context';
import { settleMs } from '../mutations/perform-write';

/**
 * What was written a moment ago may not show yet: a platform that misses it, or shows the old value, is given twice its
 * settle time from the last write it took. Seconds left to wait (real time, by the database's clock), or null when the
 * time is over or nothing was written.
 */
export async function secondsToShow(
  ctx: ServiceContext,
  input: { deploymentId: string; access: AccountAccess },
): Promise<number | null> {
  const rows = await transact(
    ctx,
    (tx) => tx.$queryRaw<{ ms: number | null }[]>`
    SELECT (EXTRACT(EPOCH FROM (clock_timestamp() AT TIME ZONE 'utc') - MAX("sentAt")) * 1000)::float8 AS ms
    FROM "RemoteEffect" WHERE "workspaceId" = ${ctx.workspaceId} AND "deploymentId" = ${input.deploymentId}`,
  );
  const waited = rows[0]?.ms ?? null;
  const patience = 2 * settleMs(input.access);
  if (waited === null || waited >= patience) return null;
  return Math.max(1, Math.ceil((patience - waited) / 1000));
}
