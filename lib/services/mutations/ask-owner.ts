import type { CampaignAction } from '../../domain/action';
import { approvalLifetimeHours } from '../../domain/approval';
import type { Tx } from '../../runtime/db';
import { actionAsked } from '../../words/en/actions';
import { subjectNameOf } from '../actions/subject-name';
import { remoteOfAction } from '../approvals/items';
import { requestApproval } from '../approvals/request';
import { subjectsOf } from '../approvals/subjects';
import type { ServiceContext } from '../context';
import { projectConversationFor } from '../conversations/current';
import type { CampaignKnown } from './campaign-state';

export type Asking = {
  actionId: string;
  campaign: CampaignKnown;
  action: CampaignAction;
  risk: 'normal' | 'high';
  policyVersion: number | null;
};

/** The card. Its hash covers the action and what it belongs to, so that no other action can be approved by it. */
export async function askOwner(
  tx: Tx,
  ctx: ServiceContext,
  { actionId, campaign, action, risk, policyVersion }: Asking,
): Promise<{ approvalId: string; hash: string; left: string[] }> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaign.projectId },
    select: { locale: true },
  });
  const money =
    action.kind === 'set_ad_set_budget'
      ? { from: BigInt(action.from.minor), to: BigInt(action.to.minor), currency: action.from.currency }
      : null;
  const { conversationId } = await projectConversationFor(ctx, {
    projectId: campaign.projectId,
    campaignRecordId: campaign.id,
  });
  const { approvalId, hash, left } = await requestApproval(ctx, {
    kind: 'campaign_action',
    projectId: campaign.projectId,
    conversationId,
    campaignRecordId: campaign.id,
    actionId,
    payload: approvalPayload({ actionId, campaignRecordId: campaign.id, action }),
    shownText: `${actionAsked({ action, subject: subjectNameOf(action, campaign.plan), campaign: campaign.name }, project?.locale ?? 'en')}?`,
    remote: await remoteOfAction(tx, ctx, action, campaign),
    riskClass: risk,
    ...(money ? { deltaMinor: money.to - money.from, currency: money.currency } : {}),
    ...(policyVersion === null ? {} : { policyVersion }),
    lifetimeHours: money ? approvalLifetimeHours(money.from, money.to) : 24,
    ...subjectsOf(action, campaign.id),
  });
  await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: actionId, state: 'WAITING' },
    data: { approvalId },
  });
  return { approvalId, hash, left };
}

/** What the hash of an action's card covers. */
export function approvalPayload(input: { actionId: string; campaignRecordId: string; action: CampaignAction }): object {
  return { actionId: input.actionId, campaignRecordId: input.campaignRecordId, action: input.action };
}
