import type { Goal } from '../../domain/brief';
import { type CampaignStatus, WATCHED_STATUSES } from '../../domain/campaign-status';
import type { Plan } from '../../domain/plan';
import { type ServiceContext, transact } from '../context';

export type WatchedCampaign = {
  id: string;
  projectId: string;
  name: string;
  status: CampaignStatus;
  timezone: string;
  currency: string;
  goal: Goal;
  remoteId: string;
  /** The page its ads lead to; null where they lead to none. */
  siteUrl: string | null;
};

export type WatchedAccount = {
  id: string;
  externalId: string;
  timezone: string;
  connectionId: string;
  /** World of a pretend shop; null for a live account. */
  simulatorWorldId: string | null;
  campaigns: WatchedCampaign[];
};

/** An ad account with its campaigns that exist at the platform; null when there is none or it is not this workspace's. */
export async function watchedAccount(
  ctx: ServiceContext,
  input: { adAccountId: string },
): Promise<WatchedAccount | null> {
  return transact(ctx, async (tx) => {
    const account = await tx.adAccount.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.adAccountId },
      select: {
        id: true,
        externalId: true,
        timezone: true,
        connectionId: true,
        connection: { select: { simulatorWorldId: true } },
      },
    });
    if (!account) return null;
    const rows = await tx.campaignRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        status: { in: [...WATCHED_STATUSES] },
        project: { adAccountId: account.id },
        adAccountId: { in: [account.id, account.externalId] },
      },
      orderBy: { createdAt: 'asc' },
      include: {
        remoteObjects: {
          where: { level: 'campaign' },
          select: { remoteId: true },
        },
      },
    });
    const campaigns = rows.flatMap((row): WatchedCampaign[] => {
      const remote = row.remoteObjects[0];
      // The structure is the approved plan, validated when it was saved.
      const plan = row.structure as Plan | null;
      if (!remote || !plan) return [];
      return [
        {
          id: row.id,
          projectId: row.projectId,
          name: row.name,
          status: row.status as CampaignStatus,
          timezone: row.timezone,
          currency: row.currency,
          goal: plan.goal,
          remoteId: remote.remoteId,
          siteUrl: plan.adSets.flatMap((adSet) => adSet.ads.flatMap((ad) => ad.linkUrl ?? []))[0] ?? null,
        },
      ];
    });
    const { connection, ...own } = account;
    return campaigns.length === 0 ? null : { ...own, simulatorWorldId: connection.simulatorWorldId, campaigns };
  });
}
