import { approvalStatesBefore } from '../../domain/approval';
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
