import { type AccountMonth, monthOfDay } from '../../domain/account-month';
import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';

export { type AccountMonth, monthOfDay };

/** The month a day of business time falls into, in the account's zone. */
export async function accountMonth(tx: Tx, ctx: ServiceContext, zone: string): Promise<AccountMonth> {
  return monthOfDay(dayIn(zone, await workspaceNow(ctx, tx)));
}

/** The zone of the account a project spends from; null before one was chosen and nothing was launched. */
export async function accountZone(tx: Tx, ctx: ServiceContext, projectId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ zone: string | null }[]>`
    SELECT COALESCE(a."timezone", (SELECT c."timezone" FROM "CampaignRecord" c
      WHERE c."workspaceId" = p."workspaceId" AND c."projectId" = p."id" ORDER BY c."createdAt" DESC LIMIT 1)) AS zone
    FROM "Project" p LEFT JOIN "AdAccount" a ON a."id" = p."adAccountId"
    WHERE p."workspaceId" = ${ctx.workspaceId} AND p."id" = ${projectId}`;
  return rows[0]?.zone ?? null;
}

/** What snapshots say was spent from a day on until another, that day not among them. */
export async function spentBetween(
  tx: Tx,
  ctx: ServiceContext,
  where: { projectId?: string; campaignRecordId?: string; since: string; before: string },
): Promise<bigint> {
  const spent = await tx.performanceSnapshot.aggregate({
    where: {
      workspaceId: ctx.workspaceId,
      ...(where.campaignRecordId === undefined ? {} : { campaignRecordId: where.campaignRecordId }),
      ...(where.projectId === undefined ? {} : { campaign: { projectId: where.projectId } }),
      day: { gte: new Date(where.since), lt: new Date(where.before) },
    },
    _sum: { spendMinor: true },
  });
  return spent._sum.spendMinor ?? 0n;
}
