import { inSystem } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { enqueueExecution } from './enqueue-execution';

/** Real minutes an action may be under way before it counts as left alone. */
const STALLED_MINUTES = 30;

/**
 * Actions that say they are being carried out while no job of theirs is left (it gave up, or the queue was lost) go to
 * the gate again, which looks before it sends. Targets of a stop have their own way.
 */
export async function resumeStalledActions(): Promise<{ sent: number }> {
  return inSystem(async (tx) => {
    const left = await tx.$queryRaw<{ id: string; workspaceId: string; hour: number }[]>`
      SELECT a."id", a."workspaceId", floor(extract(epoch FROM clock_timestamp()) / 3600)::int AS "hour" FROM "CampaignActionRecord" a
      WHERE a."state" = 'EXECUTING'
        AND GREATEST(a."createdAt", (SELECT MAX(e."sentAt") FROM "RemoteEffect" e WHERE e."actionId" = a."id")) <
          (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${STALLED_MINUTES})
        AND NOT EXISTS (SELECT 1 FROM "StopTarget" t WHERE t."actionId" = a."id" AND t."workspaceId" = a."workspaceId")
        AND NOT EXISTS (SELECT 1 FROM jobs.job j WHERE j.name IN ('account', 'stop') AND j.state < 'completed' AND j.data->'data'->>'actionId' = a."id")
      ORDER BY a."createdAt" LIMIT 200`;
    for (const { id, workspaceId, hour } of left)
      await enqueueExecution(
        tx,
        { workspaceId, actor: { type: 'job', name: 'sweep' }, requestId: newRequestId() },
        { actionId: id, again: `stalled:${hour}` },
      );
    return { sent: left.length };
  });
}
