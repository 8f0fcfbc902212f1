import { accountWeek, reportDueAt } from '../../domain/report-week';
import { type ServiceContext, transact, workspaceNow } from '../context';

/** Kind of the schedule and of the job it starts. */
export const WEEKLY_REPORT = 'weekly-report';

/** A project with a running campaign gets its weekly report; calling it again changes nothing. */
export async function ensureWeeklySchedule(
  ctx: ServiceContext,
  input: { projectId: string; accountZone: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { timezone: true },
    });
    if (!project) return;
    const monday = accountWeek(await workspaceNow(inner, tx), input.accountZone);
    await tx.schedule.createMany({
      data: [
        {
          workspaceId: ctx.workspaceId,
          projectId: input.projectId,
          kind: WEEKLY_REPORT,
          zone: project.timezone,
          nextAt: reportDueAt({ monday, ownerZone: project.timezone, accountZone: input.accountZone }),
        },
      ],
      skipDuplicates: true,
    });
  });
}
