import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { dayIn } from '../../domain/time';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { proposeAction } from '../mutations/propose';

export type StopAsked = { campaignId: string; name: string; answer: 'allow' | 'ask' | 'refuse' | 'shadow' };

/**
 * The owner wants everything stopped: each campaign at the platform is brought before policy as a pause. Words alone may
 * not do more than that, so policy will usually answer with a card that takes one press.
 */
export async function askToStop(ctx: ServiceContext, input: { projectId: string }): Promise<StopAsked[]> {
  const { campaigns, now } = await transact(ctx, async (tx, inner) => ({
    now: await workspaceNow(inner, tx),
    campaigns: await tx.campaignRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        status: { in: WATCHED_STATUSES.filter((status) => status !== 'PAUSED') },
      },
      select: { id: true, name: true, timezone: true },
    }),
  }));
  const asked: StopAsked[] = [];
  for (const campaign of campaigns) {
    const day = dayIn(campaign.timezone, now);
    const evidence = {
      rule: 'owner-asked',
      facts: [],
      confidence: null,
      alternatives: [],
      wouldChange: [],
      since: day,
      until: day,
    };
    const { verdict } = await proposeAction(ctx, {
      campaignRecordId: campaign.id,
      suggestion: { action: { kind: 'pause_campaign' }, evidence },
      day,
    });
    asked.push({ campaignId: campaign.id, name: campaign.name, answer: verdict.answer });
  }
  return asked;
}
