import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { readCampaign } from '../mutations/campaign-state';
import { enqueueExecution } from '../mutations/enqueue-execution';
import { takeMoneyFor } from '../mutations/take-money';
import { type ApprovedItem, itemsOf, needsNothing, remoteOfItems } from './items';
import { type RemoteLine, remoteDifferences, remoteDigest } from './remote-state';
import type { ApprovalRow } from './row';

/**
 * Approved changes, one or a listed set: each waiting action goes to the gate, which judges everything again before it
 * writes. All of them go, or none: a set in which one thing has changed is another set.
 */
export async function carryOutActions(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const items = itemsOf(approval);
  for (const { actionId } of items) {
    const changed = await tx.campaignActionRecord.updateMany({
      where: { workspaceId: ctx.workspaceId, id: actionId, approvalId: approval.id, state: 'WAITING' },
      data: { state: 'EXECUTING' },
    });
    if (changed.count === 0) throw new AppError('approval_not_waiting', { approval: approval.id, action: actionId });
  }
  await refuseDrift(tx, ctx, approval);
  for (const item of items) {
    await takeMoney(tx, ctx, approval.id, item);
    await enqueueExecution(tx, ctx, { actionId: item.actionId });
  }
}

/**
 * The platform, as last seen, must still show what the card was made from; a stop needs no such thing.
 * @throws AppError approval_drift with the differences
 */
export async function refuseDrift(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  if (approval.remoteDigest === null) return;
  const items = itemsOf(approval);
  if (items.length > 0 && items.every(({ action }) => needsNothing(action))) return;
  const now = await remoteOfItems(tx, ctx, { kind: approval.kind, items });
  if (remoteDigest(now) === approval.remoteDigest) return;
  const differences = remoteDifferences(approval.remoteState as RemoteLine[], now);
  throw new AppError('approval_drift', { approval: approval.id, differences });
}

/** Its part of the month, and with it a new limit shown on the same card: in force only once the platform took the change. */
async function takeMoney(tx: Tx, ctx: ServiceContext, approvalId: string, item: ApprovedItem): Promise<void> {
  const { action, actionId, campaignRecordId } = item;
  const campaign = await readCampaign(tx, ctx, campaignRecordId);
  await takeMoneyFor(tx, ctx, { actionId, action, campaign, approvalId });
}
