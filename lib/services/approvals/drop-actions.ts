import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** What waited on a card that was not approved. */
export async function dropActions(
  tx: Tx,
  ctx: ServiceContext,
  approvalId: string,
  errorCode?: 'approval_expired' | 'approval_not_waiting',
): Promise<void> {
  await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, approvalId, state: 'WAITING' },
    data: { state: 'DECLINED', ...(errorCode ? { errorCode } : {}) },
  });
}
