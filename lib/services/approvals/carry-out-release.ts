import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { liftStop } from '../mutations/lift-stop';
import { carryOutActions } from './carry-out-action';
import { releaseSchema } from './items';
import type { ApprovalRow } from './row';
import { settleApproval } from './settle';

/**
 * The stop is lifted and exactly the listed campaigns go to the gate, which judges each anew. With none listed, lifting is
 * all there is. @throws AppError conflict while something is not paused or not read back, not_found where it was lifted before
 */
export async function carryOutRelease(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const { stopId, items } = releaseSchema.parse(JSON.parse(approval.payload));
  await liftStop(tx, ctx, { stopId, approvalId: approval.id });
  await carryOutActions(tx, ctx, approval);
  if (items.length > 0) return;
  await settleApproval(tx, ctx, { approvalId: approval.id, to: 'EXECUTING' });
  await settleApproval(tx, ctx, { approvalId: approval.id, to: 'DONE' });
}
