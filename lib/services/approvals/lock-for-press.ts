import { isOfMany } from '../../domain/approval';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { lockProjects } from '../pacing/lock';
import { lockWorkspaceMonths } from '../pacing/workspace-room';
import { itemsOf, releaseSchema } from './items';
import type { ApprovalRow } from './row';

/**
 * What a press may wait for, all of it before anything is recorded and in one order everywhere: every project its card
 * touches, then the workspace's months where it may take of them.
 */
export async function lockForPress(
  tx: Tx,
  ctx: ServiceContext,
  input: { approval: ApprovalRow; approves: boolean },
): Promise<void> {
  const { approval, approves } = input;
  const others = approves && isOfMany(approval.kind) ? await projectsOf(tx, ctx, approval) : [];
  await lockProjects(tx, ctx, [approval.projectId, ...others]);
  if (approves) await lockWorkspaceMonths(tx, ctx);
}

/** A stop may hold more projects than the campaigns it paused. */
async function projectsOf(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<string[]> {
  const ids = itemsOf(approval).map(({ campaignRecordId }) => campaignRecordId);
  const where = { workspaceId: ctx.workspaceId };
  const campaigns = await tx.campaignRecord.findMany({
    where: { ...where, id: { in: ids } },
    select: { projectId: true },
  });
  const release = releaseSchema.safeParse(JSON.parse(approval.payload));
  const targets = release.success
    ? await tx.stopTarget.findMany({
        where: { ...where, stopId: release.data.stopId },
        distinct: ['projectId'],
        select: { projectId: true },
      })
    : [];
  return [...campaigns, ...targets].map(({ projectId }) => projectId);
}
