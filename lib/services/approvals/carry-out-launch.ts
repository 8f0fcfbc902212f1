import type { CampaignStatus } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import type { Plan } from '../../domain/plan';
import type { Prisma, Tx } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';
import type { ServiceContext } from '../context';
import { setCampaignStatus } from '../mutations/set-campaign-status';
import { lockProject } from '../pacing/lock';
import { reserveLaunch } from '../pacing/reserve-launch';
import { currentPolicy } from '../policy/current';
import { insertPolicyVersion } from './carry-out-policy';
import { planDifferences } from './differences';
import type { ApprovalRow } from './row';

/**
 * An approved launch: the plan version is frozen into the campaign, its part of the account month is
 * reserved, and one deployment starts. Refused when the approved text is not the stored plan version, letter by letter.
 */
export async function carryOutLaunch(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const version = await tx.planVersion.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      id: approval.planVersionId ?? '',
      campaignRecordId: approval.campaignRecordId ?? '',
    },
    include: { campaign: { select: { projectId: true, adAccountId: true } } },
  });
  if (!version || version.campaign.projectId !== approval.projectId)
    throw new AppError('not_found', { planVersion: approval.planVersionId });
  if (version.canonical !== approval.payload || version.sha256 !== approval.hash)
    throw new AppError('approval_hash_mismatch', {
      planVersion: version.id,
      differences: planDifferences(approval.payload, version.canonical),
    });
  const plan = JSON.parse(version.canonical) as Plan;
  const taken = await setCampaignStatus(tx, ctx, {
    campaignRecordId: version.campaignRecordId,
    to: 'APPROVED',
    from: ['PENDING_APPROVAL'],
    approvalId: approval.id,
  });
  // Another card of the same campaign was approved before: one launch, whatever cards there are.
  if (!taken) throw new AppError('approval_not_waiting', { campaign: version.campaignRecordId });
  await tx.campaignRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: version.campaignRecordId },
    data: { structure: JSON.parse(version.canonical) as Prisma.InputJsonValue, planVersionId: version.id },
  });
  // The first launch sets the project's limits. Later ones live within them; a higher ceiling on the card comes into force
  // when the campaign stands.
  await lockProject(tx, ctx, approval.projectId);
  if (!(await currentPolicy(tx, ctx, approval.projectId)))
    await insertPolicyVersion(tx, ctx, {
      projectId: approval.projectId,
      envelope: plan.envelope,
      approvalId: approval.id,
    });
  const deployment = await tx.deployment.create({
    data: {
      workspaceId: ctx.workspaceId,
      projectId: approval.projectId,
      campaignRecordId: version.campaignRecordId,
      approvalId: approval.id,
      planVersionId: version.id,
      planHash: version.sha256,
    },
    select: { id: true },
  });
  await reserveLaunch(tx, ctx, {
    deploymentId: deployment.id,
    projectId: approval.projectId,
    campaignRecordId: version.campaignRecordId,
    plan,
    approvalId: approval.id,
  });
  await enqueue(tx, {
    kind: 'deploy',
    workspaceId: ctx.workspaceId,
    data: { deploymentId: deployment.id },
    id: deployment.id,
    key: `meta:${version.campaign.adAccountId}`,
    requestId: ctx.requestId,
  });
}

export async function dropLaunch(
  tx: Tx,
  ctx: ServiceContext,
  approval: ApprovalRow,
  to: Extract<CampaignStatus, 'ARCHIVED' | 'CHANGES_REQUESTED'>,
): Promise<void> {
  if (!approval.campaignRecordId) return;
  await setCampaignStatus(tx, ctx, {
    campaignRecordId: approval.campaignRecordId,
    to,
    from: ['PENDING_APPROVAL'],
    approvalId: approval.id,
  });
}
