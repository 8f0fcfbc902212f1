import { type ServiceContext, transact } from '../context';

/** Real seconds without progress after which a deployment no longer holds up the clock. */
const PATIENCE_SECONDS = 60;

/** True while a deployment of the workspace is being written: a week must not pass between two of its steps. */
export async function deploymentUnderWay(ctx: ServiceContext): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ running: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM "Deployment" WHERE "workspaceId" = ${ctx.workspaceId} AND "state" = 'RUNNING'
        AND "updatedAt" > (now() AT TIME ZONE 'utc') - make_interval(secs => ${PATIENCE_SECONDS})) AS running`;
    return rows[0]?.running ?? false;
  });
}
