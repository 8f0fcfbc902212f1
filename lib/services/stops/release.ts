import { AppError } from '../../domain/errors';
import type { StopView } from '../../domain/views';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { lockAgainstStops } from '../effects/stop-lock';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { readStop } from './read';

/**
 * Lifts a stop. It switches nothing on: what was paused stays paused until somebody brings it back, judged anew each time.
 * A stop that still has something to pause keeps its place: only one that is confirmed everywhere, or that can get no
 * further, may be lifted. @throws AppError not_found, not_permitted, conflict while the first try is still under way
 */
export async function releaseStop(ctx: ServiceContext, input: { stopId: string }): Promise<StopView> {
  await transact(ctx, async (tx, inner) => {
    const order = await tx.stopOrder.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.stopId },
      select: { id: true, state: true, projectId: true },
    });
    if (!order) throw new AppError('not_found', { stop: input.stopId });
    await requireMay(inner, 'ads.release');
    await lockAgainstStops(tx, inner, 'alone');
    const untried = await tx.stopTarget.count({
      where: { workspaceId: ctx.workspaceId, stopId: order.id, state: { in: ['QUEUED', 'SENT'] } },
    });
    if (untried > 0) throw new AppError('conflict', { stop: order.id, untried });
    const changed = await tx.stopOrder.updateMany({
      where: { workspaceId: ctx.workspaceId, id: order.id, state: { not: 'RELEASED' } },
      data: { state: 'RELEASED', releasedAt: new Date(), releasedBy: ctx.actor as Prisma.InputJsonValue },
    });
    if (changed.count === 0) return;
    await record(tx, inner, {
      event: 'stop.released',
      subject: { type: 'stop', id: order.id },
      projectId: order.projectId,
      audit: { before: { state: order.state }, after: { state: 'RELEASED' } },
    });
  });
  return readStop(ctx);
}
