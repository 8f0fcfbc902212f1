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
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: projectId },
    select: { adAccount: { select: { timezone: true } } },
  });
  if (project?.adAccount) return project.adAccount.timezone;
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, projectId },
    orderBy: { createdAt: 'desc' },
    select: { timezone: true },
  });
  return campaign?.timezone ?? null;
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
