import { type ServiceContext, transact } from '../context';
import { tellCampaign, type TellInput } from './tell-campaign';

type Telling = Pick<TellInput, 'key' | 'tone' | 'bell'>;

/** By the campaign's status as the platform showed it after the last step. */
const AFTER: Record<string, Telling> = {
  ACTIVE: { key: 'campaign_live', tone: 'good', bell: 'AGENT_UPDATE' },
  IN_REVIEW: { key: 'campaign_in_review', tone: 'info' },
  DISAPPROVED: { key: 'campaign_refused', tone: 'warning', bell: 'ALERT' },
};

/** Tells how a deployment ended; "live" only where the platform already says so. */
export async function announceDeployment(ctx: ServiceContext, input: { deploymentId: string; failed: boolean; eventId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const deployment = await tx.deployment.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.deploymentId }, select: { campaignRecordId: true, campaign: { select: { status: true } } },
    });
    if (!deployment) return;
    const telling: Telling | undefined = input.failed ? { key: 'deployment_failed', tone: 'warning', bell: 'ALERT' } : AFTER[deployment.campaign.status];
    if (telling) await tellCampaign(inner, { campaignRecordId: deployment.campaignRecordId, ...telling, eventId: input.eventId });
  });
}
