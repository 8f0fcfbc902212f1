import { inSystem } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { lockProjects } from '../pacing/lock';
import { dropActions } from './drop-actions';

/** Workspaces with a card past its business time: for the sweep. */
export async function findWorkspacesWithExpired(): Promise<string[]> {
  return inSystem(async (tx) => {
    const rows = await tx.$queryRaw<{ workspaceId: string }[]>`
      SELECT DISTINCT "workspaceId" FROM "Approval" WHERE "state" = 'WAITING' AND "expiresAt" <= business_now("workspaceId")`;
    return rows.map((row) => row.workspaceId);
  });
}

/**
 * Closes waiting cards whose business time is over; one card when `approvalId` is given. A declined-by-silence action
 * is closed with it. Returns how many were closed.
 */
export async function expireApprovals(
  ctx: ServiceContext,
  input: { approvalId?: string } = {},
): Promise<{ expired: number }> {
  return transact(ctx, async (tx, inner) => {
    const now = await workspaceNow(inner, tx);
    const overdue = {
      workspaceId: ctx.workspaceId,
      state: 'WAITING',
      expiresAt: { lte: now },
      ...(input.approvalId === undefined ? {} : { id: input.approvalId }),
    };
    const closing = await tx.approval.findMany({ where: overdue, orderBy: { id: 'asc' }, take: 200 });
    await lockProjects(
      tx,
      inner,
      closing.map((approval) => approval.projectId),
    );
    let expired = 0;
    for (const approval of closing) {
      const changed = await tx.approval.updateMany({
        where: { ...overdue, id: approval.id },
        data: { state: 'EXPIRED' },
      });
      if (changed.count === 0) continue;
      expired += 1;
      await dropActions(tx, inner, approval.id, 'approval_expired');
      await record(tx, inner, {
        event: 'approval.expired',
        subject: { type: 'approval', id: approval.id },
        projectId: approval.projectId,
        payload: {
          kind: approval.kind,
          conversationId: approval.conversationId,
          campaignId: approval.campaignRecordId,
        },
        audit: { before: { state: 'WAITING' }, after: { state: 'EXPIRED' } },
      });
    }
    return { expired };
  });
}
