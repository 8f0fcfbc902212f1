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

type Row = Pick<WatchedCampaign, 'id' | 'projectId' | 'name' | 'status' | 'timezone' | 'currency' | 'remoteId'> &
  Pick<WatchedAccount, 'externalId' | 'connectionId' | 'simulatorWorldId'> & {
    accountId: string;
    accountZone: string;
    /** The approved plan, validated when it was saved. */
    structure: Plan | null;
  };

/** An ad account with its campaigns that exist at the platform; null when there is none or it is not this workspace's. */
export async function watchedAccount(
  ctx: ServiceContext,
  input: { adAccountId: string },
): Promise<WatchedAccount | null> {
  // Asked several times in every pull: one statement for the account, its connection and its campaigns.
  const rows = await transact(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      SELECT a."id" AS "accountId", a."externalId", a."timezone" AS "accountZone", a."connectionId", f."simulatorWorldId",
        c."id", c."projectId", c."name", c."status", c."timezone", c."currency", c."structure", o."remoteId"
      FROM "AdAccount" a
      JOIN "FacebookConnection" f ON f."id" = a."connectionId" AND f."workspaceId" = a."workspaceId"
      JOIN "Project" p ON p."workspaceId" = a."workspaceId" AND p."adAccountId" = a."id"
      JOIN "CampaignRecord" c ON c."workspaceId" = a."workspaceId" AND c."projectId" = p."id"
        AND c."adAccountId" IN (a."id", a."externalId") AND c."status" = ANY(${[...WATCHED_STATUSES]})
      JOIN LATERAL (SELECT r."remoteId" FROM "RemoteObject" r
        WHERE r."campaignRecordId" = c."id" AND r."level" = 'campaign' LIMIT 1) o ON true
      WHERE a."workspaceId" = ${ctx.workspaceId} AND a."id" = ${input.adAccountId}
      ORDER BY c."createdAt"`,
  );
  const [first] = rows;
  const campaigns = rows.flatMap((row) => (row.structure ? [watchedCampaign(row, row.structure)] : []));
  if (!first || campaigns.length === 0) return null;
  return {
    id: first.accountId,
    externalId: first.externalId,
    timezone: first.accountZone,
    connectionId: first.connectionId,
    simulatorWorldId: first.simulatorWorldId,
    campaigns,
  };
}

function watchedCampaign(row: Row, plan: Plan): WatchedCampaign {
  const { id, projectId, name, status, timezone, currency, remoteId } = row;
  const siteUrl = plan.adSets.flatMap((adSet) => adSet.ads.flatMap((ad) => ad.linkUrl ?? []))[0] ?? null;
  return { id, projectId, name, status, timezone, currency, goal: plan.goal, remoteId, siteUrl };
}
