import { AppError } from '../../domain/errors';
import type { StopTargetState, StopVia, StopView } from '../../domain/views';
import { type ServiceContext, transact } from '../context';

const NONE: StopView = {
  stopId: null,
  state: null,
  scope: null,
  projectId: null,
  via: null,
  startedAt: null,
  confirmedAt: null,
  counts: { campaigns: 0, confirmed: 0, sent: 0, queued: 0, failed: 0 },
  campaigns: [],
};

type Which = { stopId: string } | { projectId?: string };

/**
 * One stop, or the one in force: of the workspace, or (where a project is named) the one that covers this project.
 * @throws AppError not_found for an id of no stop
 */
export async function readStop(ctx: ServiceContext, which: Which = {}): Promise<StopView> {
  const order = await transact(ctx, (tx) =>
    tx.stopOrder.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        ...('stopId' in which
          ? { id: which.stopId }
          : {
              state: { not: 'RELEASED' },
              ...(which.projectId ? { OR: [{ projectId: null }, { projectId: which.projectId }] } : {}),
            }),
      },
      // The workspace's stop covers every project, so it is the one to show.
      orderBy: [{ projectId: { sort: 'asc', nulls: 'first' } }, { createdAt: 'desc' }],
      include: { targets: true },
    }),
  );
  if (!order && 'stopId' in which) throw new AppError('not_found', { stop: which.stopId });
  if (!order) return NONE;
  const campaigns = await transact(ctx, (tx) =>
    tx.campaignRecord.findMany({
      where: { workspaceId: ctx.workspaceId, id: { in: order.targets.map((target) => target.campaignRecordId) } },
      select: { id: true, name: true },
    }),
  );
  const nameOf = new Map(campaigns.map(({ id, name }) => [id, name]));
  const count = (state: StopTargetState) => order.targets.filter((target) => target.state === state).length;
  return {
    stopId: order.id,
    state: order.state === 'RELEASED' ? null : (order.state as StopView['state']),
    scope: order.projectId === null ? 'workspace' : 'project',
    projectId: order.projectId,
    via: order.via as StopVia,
    startedAt: order.createdAt.toISOString(),
    confirmedAt: order.confirmedAt?.toISOString() ?? null,
    counts: {
      campaigns: order.targets.length,
      confirmed: count('CONFIRMED'),
      sent: count('SENT'),
      queued: count('QUEUED'),
      failed: count('FAILED'),
    },
    campaigns: order.targets.map((target) => ({
      campaignId: target.campaignRecordId,
      projectId: target.projectId,
      name: nameOf.get(target.campaignRecordId) ?? '',
      state: target.state as StopTargetState,
      reason: target.state === 'CONFIRMED' ? null : target.reason,
      nextTryAt: target.state === 'CONFIRMED' ? null : target.nextAt.toISOString(),
    })),
  };
}
