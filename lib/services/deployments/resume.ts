import { AppError } from '../../domain/errors';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { requireMay } from '../workspaces/require-may';

type Which = { deploymentId: string } | { campaignRecordId: string };

/**
 * Continues an approved deployment that failed, from where it stands. It starts nothing new: without an approved
 * deployment there is nothing to resume. Pressing it while one runs changes nothing.
 * @throws AppError not_found, not_permitted
 */
export async function resumeDeployment(
  ctx: ServiceContext,
  which: Which,
): Promise<{ deploymentId: string; resumed: boolean }> {
  return transact(ctx, async (tx, inner) => {
    const row = await tx.deployment.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        ...('deploymentId' in which ? { id: which.deploymentId } : { campaignRecordId: which.campaignRecordId }),
      },
      orderBy: { createdAt: 'desc' },
      include: { campaign: { select: { adAccountId: true } } },
    });
    if (!row) throw new AppError('not_found', { ...which });
    await requireMay(inner, 'deployment.resume');
    const changed = await tx.deployment.updateMany({
      where: { workspaceId: ctx.workspaceId, id: row.id, state: 'FAILED' },
      data: { state: 'RUNNING', errorCode: null, referenceId: null, finishedAt: null },
    });
    if (changed.count === 0) return { deploymentId: row.id, resumed: false };
    await setCampaignStatus(tx, inner, {
      campaignRecordId: row.campaignRecordId,
      to: 'DEPLOYING',
      from: ['DEPLOY_FAILED'],
      approvalId: row.approvalId,
    });
    await record(tx, inner, {
      event: 'deployment.started',
      subject: { type: 'deployment', id: row.id },
      projectId: row.projectId,
      payload: { campaignId: row.campaignRecordId, resumed: true },
      audit: { before: { state: 'FAILED' }, after: { state: 'RUNNING' }, approvalId: row.approvalId },
    });
    await enqueue(tx, {
      kind: 'deploy',
      workspaceId: ctx.workspaceId,
      data: { deploymentId: row.id },
      id: `resume:${row.id}:${row.fence}`,
      key: `meta:${row.campaign.adAccountId}`,
      requestId: ctx.requestId,
    });
    return { deploymentId: row.id, resumed: true };
  });
}
