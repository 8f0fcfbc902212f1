import { type ServiceContext, transact } from '../context';
import { type TellInput, tellCampaign } from './tell-campaign';

type Telling = Pick<TellInput, 'key' | 'tone' | 'bell'>;

/** By how it ended: the campaign's status as the platform showed it after the last step, or FAILED. */
const AFTER: Record<string, Telling> = {
  ACTIVE: { key: 'campaign_live', tone: 'good', bell: 'AGENT_UPDATE' },
  IN_REVIEW: { key: 'campaign_in_review', tone: 'info' },
  DISAPPROVED: { key: 'campaign_refused', tone: 'warning', bell: 'ALERT' },
  FAILED: { key: 'deployment_failed', tone: 'warning', bell: 'ALERT' },
};

/** Tells how a deployment ended; "live" only where the platform already says so. */
export async function announceDeployment(
  ctx: ServiceContext,
  input: { deploymentId: string; ended: string; eventId: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const deployment = await tx.deployment.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.deploymentId },
      select: { campaignRecordId: true },
    });
    if (!deployment) return;
    const telling = AFTER[input.ended];
    if (telling)
      await tellCampaign(inner, { campaignRecordId: deployment.campaignRecordId, ...telling, eventId: input.eventId });
  });
}
