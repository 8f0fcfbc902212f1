import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';

/** Real minutes without a sign of life after which a running deployment is sent to a worker again. */
const STALLED_MINUTES = 15;

/**
 * Sends deployments again whose job gave up or was lost (a database restored from a backup, say): none stays "being set
 * up" for ever. The job's id holds the attempt and the hour, so that it
 * is sent once per stall and hour, also where the job before it never got as far as an attempt.
 */
export async function resumeStalledDeployments(): Promise<{ sent: number }> {
  return inSystem(async (tx) => {
    const stalled = await tx.$queryRaw<
      { id: string; workspaceId: string; fence: number; adAccountId: string; hour: number }[]
    >`
      SELECT d."id", d."workspaceId", d."fence", c."adAccountId", floor(extract(epoch FROM clock_timestamp()) / 3600)::int AS "hour" FROM "Deployment" d JOIN "CampaignRecord" c ON c."id" = d."campaignRecordId"
      WHERE d."state" = 'RUNNING' AND d."updatedAt" < (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${STALLED_MINUTES})
        AND NOT EXISTS (SELECT 1 FROM jobs.job j WHERE j.name = 'account' AND j.state < 'completed' AND j.data->'data'->>'deploymentId' = d."id")
      ORDER BY d."updatedAt" LIMIT 100`;
    for (const row of stalled) {
      await enqueue(tx, {
        kind: 'deploy',
        workspaceId: row.workspaceId,
        data: { deploymentId: row.id },
        id: `stalled:${row.id}:${row.fence}:${row.hour}`,
        key: `meta:${row.adAccountId}`,
      });
    }
    return { sent: stalled.length };
  });
}
