import { type ServiceContext, transact, workspaceNow } from '../context';

/** How many cards wait in this workspace and are still in time. */
export async function countWaiting(ctx: ServiceContext): Promise<number> {
  return transact(ctx, async (tx, inner) =>
    tx.approval.count({
      where: { workspaceId: ctx.workspaceId, state: 'WAITING', expiresAt: { gt: await workspaceNow(inner, tx) } },
    }),
  );
}
