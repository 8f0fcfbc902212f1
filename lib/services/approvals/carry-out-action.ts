import type { CampaignAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { Envelope } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { enqueueExecution } from '../mutations/enqueue-execution';
import { insertPolicyVersion } from './carry-out-policy';
import type { ApprovalRow } from './row';

/** An approved change: the waiting action goes to the gate, which judges everything again before it writes. */
export async function carryOutAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const changed = await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', approvalId: approval.id, state: 'WAITING' },
    data: { state: 'EXECUTING' },
  });
  if (changed.count === 0)
    throw new AppError('approval_not_waiting', { approval: approval.id, action: approval.actionId });
  await raiseCeiling(tx, ctx, approval);
  await enqueueExecution(tx, ctx, { actionId: approval.actionId ?? '' });
}

/** A raise that does not fit the month's limit showed the new limit as well: approving it raises both. */
async function raiseCeiling(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const { action } = JSON.parse(approval.payload) as { action: CampaignAction };
  if (action.kind !== 'set_ad_set_budget' || !action.newMonthlyCeiling) return;
  const policy = await tx.policyVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, projectId: approval.projectId },
    orderBy: { version: 'desc' },
  });
  const envelope = policy?.envelope as Envelope | undefined;
  if (!envelope || BigInt(envelope.monthlyCeiling.minor) >= BigInt(action.newMonthlyCeiling.minor)) return;
  await insertPolicyVersion(tx, ctx, {
    projectId: approval.projectId,
    envelope: { ...envelope, monthlyCeiling: action.newMonthlyCeiling },
    approvalId: approval.id,
  });
}

export async function dropAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', state: 'WAITING' },
    data: { state: 'DECLINED' },
  });
}
