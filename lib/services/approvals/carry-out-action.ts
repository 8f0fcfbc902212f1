import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { enqueueExecution } from '../mutations/enqueue-execution';
import type { ApprovalRow } from './decide';

/** An approved change: the waiting action goes to the gate, which judges everything again before it writes. */
export async function carryOutAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const changed = await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', approvalId: approval.id, state: 'WAITING' }, data: { state: 'EXECUTING' },
  });
  if (changed.count === 0) throw new AppError('approval_not_waiting', { approval: approval.id, action: approval.actionId });
  await enqueueExecution(tx, ctx, { actionId: approval.actionId ?? '' });
}

export async function dropAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', state: 'WAITING' }, data: { state: 'DECLINED' },
  });
}
