import { accountWeek, reportDueAt } from '../../domain/report-week';
import { addDays } from '../../domain/time';
import type { AdPlatformReader } from '../../platforms/port';
import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { createWeeklyReport } from '../reports/create-weekly';
import { WEEKLY_REPORT as KIND } from './ensure-weekly';

/** Projects of this workspace whose report is due in business time. */
export async function dueReports(ctx: ServiceContext): Promise<string[]> {
  return transact(ctx, async (tx, inner) => {
    const now = await workspaceNow(inner, tx);
    const rows = await tx.schedule.findMany({
      where: { workspaceId: ctx.workspaceId, kind: KIND, nextAt: { lte: now } },
      select: { projectId: true },
    });
    return rows.flatMap(({ projectId }) => (projectId ? [projectId] : []));
  });
}

/** Enqueues a job for every report that is due anywhere; the same one once, however often it is asked. */
export async function enqueueDueReports(): Promise<{ enqueued: number }> {
  return inSystem(async (tx) => {
    const rows = await tx.$queryRaw<{ workspaceId: string; projectId: string; nextAt: Date; account: string | null }[]>`
      SELECT s."workspaceId", s."projectId", s."nextAt",
        (SELECT c."adAccountId" FROM "CampaignRecord" c WHERE c."projectId" = s."projectId" ORDER BY c."createdAt" DESC LIMIT 1) AS "account"
      FROM "Schedule" s WHERE s."kind" = ${KIND} AND s."projectId" IS NOT NULL AND s."nextAt" <= business_now(s."workspaceId") LIMIT 500`;
    for (const { workspaceId, projectId, nextAt, account } of rows) {
      await enqueue(tx, {
        kind: KIND,
        workspaceId,
        data: { projectId },
        key: `meta:${account ?? projectId}`,
        id: `${projectId}:${nextAt.toISOString()}`,
      });
    }
    return { enqueued: rows.length };
  });
}

/**
 * Writes the reports of every week that is due for a project, oldest first, and moves its schedule on. Run twice, or by
 * two at once, it writes nothing twice.
 */
export async function runDueReports(
  ctx: ServiceContext,
  input: { projectId: string; reader?: AdPlatformReader },
): Promise<{ reports: number }> {
  let reports = 0;
  for (;;) {
    const due = await transact(ctx, async (tx, inner) => {
      const now = await workspaceNow(inner, tx);
      const schedule = await tx.schedule.findFirst({
        where: { workspaceId: ctx.workspaceId, kind: KIND, projectId: input.projectId, nextAt: { lte: now } },
      });
      const campaigns = await tx.campaignRecord.findMany({
        where: { workspaceId: ctx.workspaceId, projectId: input.projectId, launchedAt: { not: null } },
        select: { id: true, timezone: true },
      });
      return schedule && { schedule, campaigns };
    });
    if (!due) return { reports };
    const { schedule, campaigns } = due;
    for (const campaign of campaigns) {
      const monday = addDays(accountWeek(schedule.nextAt, campaign.timezone), -7);
      const report = await createWeeklyReport(ctx, {
        campaignRecordId: campaign.id,
        monday,
        ...(input.reader ? { reader: input.reader } : {}),
      });
      if (report?.created) reports += 1;
    }
    const accountZone = campaigns[0]?.timezone ?? schedule.zone;
    const nextAt = reportDueAt({
      monday: accountWeek(schedule.nextAt, accountZone),
      ownerZone: schedule.zone,
      accountZone,
    });
    await transact(ctx, (tx) =>
      tx.schedule.updateMany({
        where: { workspaceId: ctx.workspaceId, id: schedule.id, nextAt: schedule.nextAt },
        data: { nextAt },
      }),
    );
  }
}
