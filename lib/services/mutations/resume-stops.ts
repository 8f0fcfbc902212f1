import { inSystem } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { enqueueStop } from './stop-everything';

/** Real minutes without a try after which an open target counts as left alone. */
const LEFT_ALONE_MINUTES = 2;

/** Sends stops again whose job was lost: a stop is never given up. Answers how many accounts were sent. */
export async function resumeStops(): Promise<{ sent: number }> {
  return inSystem(async (tx) => {
    const left = await tx.$queryRaw<{ workspaceId: string; stopId: string; accountId: string }[]>`
      SELECT DISTINCT t."workspaceId", t."stopId", t."accountId" FROM "StopTarget" t JOIN "StopOrder" s ON s."id" = t."stopId"
      WHERE s."state" <> 'RELEASED' AND t."state" <> 'CONFIRMED'
        AND GREATEST(t."nextAt", COALESCE(t."leaseUntil", t."nextAt"), s."createdAt") < (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${LEFT_ALONE_MINUTES})
      LIMIT 500`;
    for (const { workspaceId, stopId, accountId } of left)
      await enqueueStop(
        tx,
        { workspaceId, actor: { type: 'job', name: 'sweep' }, requestId: newRequestId() },
        { stopId, accountId },
      );
    return { sent: left.length };
  });
}
