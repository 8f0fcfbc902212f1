import type { ActionState } from '../../domain/action';
import { approvalStatesBefore, isOfMany, outcomeOfMany } from '../../domain/approval';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/**
 * Follows an approval along as its work runs and ends, in the caller's transaction. False where it was not in a state
 * that allows it (the work was resumed, say, and already counted).
 */
export async function settleApproval(
  tx: Tx,
  ctx: ServiceContext,
  input: { approvalId: string; to: 'EXECUTING' | 'DONE' | 'PARTLY_DONE' | 'FAILED' },
): Promise<boolean> {
  const changed = await tx.approval.updateMany({
    where: { workspaceId: ctx.workspaceId, id: input.approvalId, state: { in: approvalStatesBefore(input.to) } },
    data: { state: input.to },
  });
  return changed.count === 1;
}

/**
 * The end of one action of an approval. A card that covers several ends when the last of them has, and says honestly
 * whether all, some or none were done. One that was done in part counts as some.
 */
export async function settleWithAction(
  tx: Tx,
  ctx: ServiceContext,
  input: { approvalId: string; outcome: 'DONE' | 'PARTLY_DONE' | 'FAILED' },
): Promise<void> {
  const { approvalId, outcome } = input;
  const approval = await tx.approval.findFirst({
    where: { workspaceId: ctx.workspaceId, id: approvalId },
    select: { kind: true },
  });
  if (!approval || !isOfMany(approval.kind)) {
    await settleApproval(tx, ctx, { approvalId, to: outcome });
    return;
  }
  const members = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, approvalId },
    select: { state: true },
  });
  const all = outcomeOfMany(members.map(({ state }) => state as ActionState));
  if (all) await settleApproval(tx, ctx, { approvalId, to: outcome === 'PARTLY_DONE' ? outcome : all });
}
