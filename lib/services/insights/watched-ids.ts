import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { type ServiceContext, transact } from '../context';

/** Rows of the ad accounts of this workspace that have campaigns to watch and a connection that works. */
export async function watchedAccountIds(ctx: ServiceContext): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const projects = await tx.project.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        archivedAt: null,
        adAccount: { connection: { status: 'HEALTHY' } },
        campaigns: { some: { status: { in: [...WATCHED_STATUSES] } } },
      },
      orderBy: { createdAt: 'asc' },
      select: { adAccountId: true },
    });
    return [...new Set(projects.flatMap(({ adAccountId }) => (adAccountId ? [adAccountId] : [])))];
  });
}
