import { AppError } from '../../domain/errors';
import type { Plan } from '../../domain/plan';
import { sha256Hex } from '../../runtime/ids';
import { deploymentStarted } from '../../words/en/deployments';
import { settleApproval } from '../approvals/settle';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { postMessage } from '../messages/post';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { lockProject } from '../pacing/lock';
import { stopInForce } from '../stops/in-force';

export type Taken = {
  deploymentId: string;
  projectId: string;
  campaignRecordId: string;
  approvalId: string;
  /** The campaign's account, as stored with it. */
  adAccountId: string;
  /** This attempt's number; older attempts may write nothing any more. */
  fence: number;
  plan: Plan;
};

/**
 * Makes this attempt the one that runs the deployment, or answers null when nothing is to be done (finished, failed,
 * unknown). The first attempt also says so in the conversation.
 * @throws AppError stopped while a stop is in force, approval_hash_mismatch when the stored plan is not the approved one
 */
export async function takeDeployment(ctx: ServiceContext, input: { deploymentId: string }): Promise<Taken | null> {
  return transact(ctx, async (tx, inner) => {
    const running = { workspaceId: ctx.workspaceId, id: input.deploymentId, state: 'RUNNING' };
    const deployment = await tx.deployment.findFirst({ where: running, select: { projectId: true } });
    if (deployment) await lockProject(tx, inner, deployment.projectId);
    const taken = await tx.deployment.updateMany({ where: running, data: { fence: { increment: 1 } } });
    if (taken.count === 0) return null;
    const row = await tx.deployment.findFirstOrThrow({ where: running, include: { campaign: true } });
    if (await stopInForce(tx, inner, row.projectId)) throw new AppError('stopped', { deployment: row.id });
    const version = await tx.planVersion.findFirst({ where: { workspaceId: ctx.workspaceId, id: row.planVersionId } });
    const approval = await tx.approval.findFirst({
      where: { workspaceId: ctx.workspaceId, id: row.approvalId },
      select: { hash: true, decision: true },
    });
    const isApproved = approval?.decision === 'approve' && approval.hash === row.planHash;
    if (!version || !isApproved || sha256Hex(version.canonical) !== row.planHash)
      throw new AppError('approval_hash_mismatch', { deployment: row.id });
    await settleApproval(tx, inner, { approvalId: row.approvalId, to: 'EXECUTING' });
    const started = await setCampaignStatus(tx, inner, {
      campaignRecordId: row.campaignRecordId,
      to: 'DEPLOYING',
      approvalId: row.approvalId,
    });
    if (started) {
      await record(tx, inner, {
        event: 'deployment.started',
        subject: { type: 'deployment', id: row.id },
        projectId: row.projectId,
        payload: { campaignId: row.campaignRecordId, conversationId: row.campaign.conversationId },
        audit: { after: { planHash: row.planHash }, approvalId: row.approvalId },
      });
    }
    if (row.campaign.conversationId) {
      await postMessage(inner, {
        conversationId: row.campaign.conversationId,
        role: 'agent',
        kind: 'DEPLOY_PROGRESS',
        text: deploymentStarted(row.campaign.name),
        card: { id: row.id },
        clientMessageId: `deployment:${row.id}`,
      });
    }
    return {
      deploymentId: row.id,
      projectId: row.projectId,
      campaignRecordId: row.campaignRecordId,
      approvalId: row.approvalId,
      adAccountId: row.campaign.adAccountId,
      fence: row.fence,
      plan: JSON.parse(version.canonical) as Plan,
    };
  });
}
