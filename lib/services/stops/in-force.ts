import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** The stop that covers a project (its own, or the workspace's), or null. */
export async function stopInForce(tx: Tx, ctx: ServiceContext, projectId: string): Promise<{ id: string } | null> {
  return tx.stopOrder.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      state: { not: 'RELEASED' },
      OR: [{ projectId: null }, { projectId }],
    },
    select: { id: true },
  });
}
