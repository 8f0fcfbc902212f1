import { type CampaignStatus, statusesBefore } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { record } from '../ledger/record';

type Change = {
  campaignRecordId: string;
  to: CampaignStatus;
  from?: CampaignStatus[];
  approvalId?: string;
  payload?: Record<string, string>;
};

/**
 * The one way a campaign changes its status: compare-and-set along legal transitions, with audit row and event. Answers
 * false when it already has that status. @throws AppError conflict for an illegal transition, not_found
 */
export async function setCampaignStatus(tx: Tx, ctx: ServiceContext, change: Change): Promise<boolean> {
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: change.campaignRecordId },
    select: { status: true, projectId: true, conversationId: true },
  });
  if (!campaign) throw new AppError('not_found', { campaign: change.campaignRecordId });
  if (campaign.status === change.to) return false;
  const legal = statusesBefore(change.to).filter((status) => change.from === undefined || change.from.includes(status));
  const changed = await tx.campaignRecord.updateMany({
    where: {
      workspaceId: ctx.workspaceId,
      id: change.campaignRecordId,
      status: campaign.status,
      AND: { status: { in: legal } },
    },
    data: { status: change.to },
  });
  if (changed.count === 0)
    throw new AppError('conflict', { campaign: change.campaignRecordId, from: campaign.status, to: change.to });
  await record(tx, ctx, {
    event: 'campaign.status_changed',
    subject: { type: 'campaign', id: change.campaignRecordId },
    projectId: campaign.projectId,
    payload: {
      from: campaign.status,
      to: change.to,
      campaignId: change.campaignRecordId,
      conversationId: campaign.conversationId,
      ...change.payload,
    },
    audit: {
      before: { status: campaign.status },
      after: { status: change.to },
      ...(change.approvalId === undefined ? {} : { approvalId: change.approvalId }),
    },
  });
  return true;
}
