import type { Verdict } from '../../domain/action';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { dayIn } from '../../domain/time';
import { newRequestId } from '../../runtime/ids';
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
    const { verdict } =
      (await stopUnderWay(ctx, campaign.id)) ??
      (await proposeAction(ctx, {
        campaignRecordId: campaign.id,
        suggestion: { action: { kind: 'pause_campaign' }, evidence },
        // An owner may ask as often as needed: an earlier card of the day that was declined or undone is no answer.
        day: `${day}:${newRequestId()}`,
      }));
    asked.push({ campaignId: campaign.id, name: campaign.name, answer: verdict.answer });
  }
  return asked;
}

/** A stop that still waits on its card, or is being carried out. */
async function stopUnderWay(ctx: ServiceContext, campaignRecordId: string): Promise<{ verdict: Verdict } | null> {
  return transact(ctx, async (tx, inner) => {
    const row = await tx.campaignActionRecord.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        campaignRecordId,
        kind: 'pause_campaign',
        state: { in: ['WAITING', 'EXECUTING'] },
      },
      orderBy: { createdAt: 'desc' },
      select: { verdict: true, state: true, approvalId: true },
    });
    if (!row) return null;
    const now = await workspaceNow(inner, tx);
    const waits = await tx.approval.count({
      where: { workspaceId: ctx.workspaceId, id: row.approvalId ?? '', state: 'WAITING', expiresAt: { gt: now } },
    });
    return row.state === 'EXECUTING' || waits > 0 ? { verdict: row.verdict as Verdict } : null;
  });
}
