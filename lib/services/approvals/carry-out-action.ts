import type { CampaignAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { moneyOf, readCampaign } from '../mutations/campaign-state';
import { enqueueExecution } from '../mutations/enqueue-execution';
import { reserveChange } from '../pacing/reserve-change';
import type { ApprovalRow } from './row';

/** An approved change: the waiting action goes to the gate, which judges everything again before it writes. */
export async function carryOutAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const changed = await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', approvalId: approval.id, state: 'WAITING' },
    data: { state: 'EXECUTING' },
  });
  if (changed.count === 0)
    throw new AppError('approval_not_waiting', { approval: approval.id, action: approval.actionId });
  await takeMoney(tx, ctx, approval);
  await enqueueExecution(tx, ctx, { actionId: approval.actionId ?? '' });
}

/** Its part of the month, and with it a new limit shown on the same card: in force only once the platform took the change. */
async function takeMoney(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const { action, campaignRecordId } = JSON.parse(approval.payload) as {
    action: CampaignAction;
    campaignRecordId: string;
  };
  if (action.kind !== 'set_ad_set_budget' && action.kind !== 'shift_budget') return;
  const campaign = moneyOf(await readCampaign(tx, ctx, campaignRecordId));
  await reserveChange(tx, ctx, { actionId: approval.actionId ?? '', action, campaign, approvalId: approval.id });
}

export async function dropAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', state: 'WAITING' },
    data: { state: 'DECLINED' },
  });
}
