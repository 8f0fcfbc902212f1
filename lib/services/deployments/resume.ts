import { AppError } from '../../domain/errors';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { lockProject } from '../pacing/lock';
import { reserveLaunchAgain } from '../pacing/reserve-launch';
import { stopInForce } from '../stops/in-force';
import { requireMay } from '../workspaces/require-may';

type Which = { deploymentId: string } | { campaignRecordId: string };

/**
 * Continues an approved deployment that failed, from where it stands. It starts nothing new: without an approved
 * deployment there is nothing to resume. Pressing it while one runs changes nothing.
 * @throws AppError not_found, not_permitted, stopped while a stop is in force, above_month_limit where its part of the month
 * went to something else meanwhile
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
    await lockProject(tx, inner, row.projectId);
    await requireMay(inner, 'deployment.resume');
    if (await stopInForce(tx, inner, row.projectId)) throw new AppError('stopped', { deployment: row.id });
    const changed = await tx.deployment.updateMany({
      where: { workspaceId: ctx.workspaceId, id: row.id, state: 'FAILED' },
      data: { state: 'RUNNING', errorCode: null, referenceId: null, finishedAt: null },
    });
    if (changed.count === 0) return { deploymentId: row.id, resumed: false };
    await reserveLaunchAgain(tx, inner, { ...row, deploymentId: row.id, pressedAt: row.createdAt });
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
      // Each failure is resumed by a job of its own, also where no attempt ran in between.
      id: `resume:${row.id}:${row.fence}:${row.finishedAt?.getTime() ?? 0}`,
      key: `meta:${row.campaign.adAccountId}`,
      requestId: ctx.requestId,
    });
    return { deploymentId: row.id, resumed: true };
  });
}
