import { type CampaignAction, isStopAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { moneyOf, readCampaign } from '../mutations/campaign-state';
import { enqueueExecution } from '../mutations/enqueue-execution';
import { reserveChange } from '../pacing/reserve-change';
import { type RemoteLine, remoteDifferences, remoteDigest, remoteState } from './remote-state';
import type { ApprovalRow } from './row';

/** An approved change: the waiting action goes to the gate, which judges everything again before it writes. */
export async function carryOutAction(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const changed = await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.actionId ?? '', approvalId: approval.id, state: 'WAITING' },
    data: { state: 'EXECUTING' },
  });
  if (changed.count === 0)
    throw new AppError('approval_not_waiting', { approval: approval.id, action: approval.actionId });
  await refuseDrift(tx, ctx, approval);
  await takeMoney(tx, ctx, approval);
  await enqueueExecution(tx, ctx, { actionId: approval.actionId ?? '' });
}

/**
 * The platform, as last seen, must still show what the card was made from; a stop needs no such thing.
 * @throws AppError approval_drift with the differences
 */
export async function refuseDrift(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  if (approval.remoteDigest === null) return;
  const { action, campaignRecordId } = JSON.parse(approval.payload) as {
    action: CampaignAction;
    campaignRecordId: string;
  };
  if (isStopAction(action)) return;
  const now = remoteState(action, (await readCampaign(tx, ctx, campaignRecordId)).objects);
  if (remoteDigest(now) === approval.remoteDigest) return;
  const differences = remoteDifferences(approval.remoteState as RemoteLine[], now);
  throw new AppError('approval_drift', { approval: approval.id, differences });
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
