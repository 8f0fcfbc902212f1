import type { AppErrorCode } from '../../domain/errors';
import type { RemoteSeen } from '../../platforms/port';
import { newReferenceId } from '../../runtime/ids';
import { log } from '../../runtime/log';
import { settleApproval } from '../approvals/settle';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { recordTree } from '../mutations/record-seen';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { lockProject } from '../pacing/lock';
import { commitReservation, endReservation } from '../pacing/settle';
import type { Taken } from './take';

/** All of it stands and is switched on: the status is what the platform itself just showed, never our wish. */
export async function finishDeployment(
  ctx: ServiceContext,
  taken: Omit<Taken, 'plan' | 'adAccountId'>,
  tree: readonly RemoteSeen[],
  accountId: string,
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    await lockProject(tx, inner, taken.projectId);
    const changed = await tx.deployment.updateMany({
      where: { workspaceId: ctx.workspaceId, id: taken.deploymentId, state: 'RUNNING', fence: taken.fence },
      data: { state: 'DONE', currentStep: 'switch_on', finishedAt: new Date(), errorCode: null, referenceId: null },
    });
    if (changed.count === 0) return;
    let status = await recordTree(tx, inner, { campaignRecordId: taken.campaignRecordId, accountId, objects: tree });
    // The platform shows it switched on but does not say what it makes of it yet.
    if (status === 'DEPLOYING') {
      status = 'IN_REVIEW';
      await setCampaignStatus(tx, inner, { campaignRecordId: taken.campaignRecordId, to: status, from: ['DEPLOYING'] });
    }
    if (status === 'ACTIVE') {
      await tx.campaignRecord.updateMany({
        where: { workspaceId: ctx.workspaceId, id: taken.campaignRecordId, launchedAt: null },
        data: { launchedAt: await workspaceNow(inner, tx) },
      });
    }
    await commitReservation(tx, inner, { holderId: taken.deploymentId });
    await settleApproval(tx, inner, { approvalId: taken.approvalId, to: 'DONE' });
    await record(tx, inner, {
      event: 'deployment.finished',
      subject: { type: 'deployment', id: taken.deploymentId },
      projectId: taken.projectId,
      payload: { campaignId: taken.campaignRecordId, status },
      audit: { after: { state: 'DONE', status }, approvalId: taken.approvalId },
    });
  });
}

type Failure = { deploymentId: string; code: AppErrorCode; reason: string; fence?: number };

/**
 * Ends a deployment that cannot go on. What was made stays, switched off below a campaign that is off, and a resume
 * continues from there. The reference id stands in the log and on the card.
 */
export async function failDeployment(ctx: ServiceContext, failure: Failure): Promise<void> {
  const referenceId = newReferenceId();
  await transact(ctx, async (tx, inner) => {
    const deployment = await tx.deployment.findFirst({
      where: { workspaceId: ctx.workspaceId, id: failure.deploymentId },
      select: { projectId: true },
    });
    if (deployment) await lockProject(tx, inner, deployment.projectId);
    const mine = failure.fence === undefined ? {} : { fence: failure.fence };
    const running = { workspaceId: ctx.workspaceId, id: failure.deploymentId, state: 'RUNNING', ...mine };
    const changed = await tx.deployment.updateMany({
      where: running,
      data: { state: 'FAILED', errorCode: failure.code, referenceId, finishedAt: new Date() },
    });
    if (changed.count === 0) return;
    const row = await tx.deployment.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, id: failure.deploymentId },
    });
    await setCampaignStatus(tx, inner, { campaignRecordId: row.campaignRecordId, to: 'DEPLOY_FAILED' });
    await endReservation(tx, inner, { holderId: row.id });
    await settleApproval(tx, inner, { approvalId: row.approvalId, to: 'FAILED' });
    await record(tx, inner, {
      event: 'deployment.failed',
      subject: { type: 'deployment', id: row.id },
      projectId: row.projectId,
      payload: { campaignId: row.campaignRecordId, errorCode: failure.code, referenceId },
      audit: { after: { state: 'FAILED', errorCode: failure.code, step: row.currentStep }, approvalId: row.approvalId },
    });
  });
  log.error(
    {
      deployment: failure.deploymentId,
      code: failure.code,
      reason: failure.reason,
      referenceId,
      requestId: ctx.requestId,
    },
    'deployment failed',
  );
}
