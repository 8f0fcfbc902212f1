import type { RemoteSeen } from '../../platforms/port';
import { settleApproval } from '../approvals/settle';
import { type ServiceContext, transact } from '../context';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { lockProject } from '../pacing/lock';
import { finishDeployment } from './end';

/**
 * A start that was called failed because nobody could say whether its last switch was pressed, and that runs at the
 * platform after all: everything below it was approved and checked before that switch, so it is finished as it stands and
 * watched from here on. Writes nothing at the platform. False where it is not in that state (any more).
 */
export async function finishFoundOn(
  ctx: ServiceContext,
  input: { deploymentId: string; tree: readonly RemoteSeen[]; accountId: string },
): Promise<boolean> {
  return transact(ctx, async (tx, inner) => {
    const failed = { workspaceId: ctx.workspaceId, id: input.deploymentId, state: 'FAILED' };
    const row = await tx.deployment.findFirst({ where: failed });
    if (!row) return false;
    await lockProject(tx, inner, row.projectId);
    // A number of its own: whoever still believes to run it may write nothing any more.
    const changed = await tx.deployment.updateMany({
      where: { ...failed, fence: row.fence },
      data: { state: 'RUNNING', fence: row.fence + 1 },
    });
    if (changed.count === 0) return false;
    const { campaignRecordId, approvalId, projectId } = row;
    await setCampaignStatus(tx, inner, { campaignRecordId, to: 'DEPLOYING', from: ['DEPLOY_FAILED'], approvalId });
    await settleApproval(tx, inner, { approvalId, to: 'EXECUTING' });
    const taken = { deploymentId: row.id, projectId, campaignRecordId, approvalId, fence: row.fence + 1 };
    await finishDeployment(inner, taken, input.tree, input.accountId);
    return true;
  });
}
