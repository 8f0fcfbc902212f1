import { type ServiceContext, transact, workspaceNow } from '../context';
import { SLOT_MS } from '../monitor/slot';

/**
 * True when a card came up for the owner in the last step: time stops there, because a card lives a day and a week would
 * pass over it. Cards from before the step stop nothing; the owner moved time knowing them.
 */
export async function ownerNeeded(ctx: ServiceContext): Promise<boolean> {
  return transact(ctx, async (tx, inner) => {
    const now = await workspaceNow(inner, tx);
    const fresh = await tx.approval.count({
      where: {
        workspaceId: ctx.workspaceId,
        state: 'WAITING',
        kind: { in: ['campaign_action', 'bundle'] },
        occurredAt: { gt: new Date(now.getTime() - SLOT_MS) },
        expiresAt: { gt: now },
      },
    });
    return fresh > 0;
  });
}
