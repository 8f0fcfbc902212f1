import type { AppErrorCode } from '../../domain/errors';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { lockAgainstStops } from '../effects/stop-lock';
import { record } from '../ledger/record';
import { lockProjects } from '../pacing/lock';
import { failAction } from './end-action';
import { lockOrder } from './stop-close';

type Lifting = { stopId: string; approvalId: string | null };

/**
 * Lifts a stop, in the caller's transaction. It switches nothing on by itself. A stop that is still at work keeps its place:
 * only one that is confirmed everywhere, or can get no further, may be lifted.
 * @throws AppError not_found, conflict while something is not paused or not read back yet
 */
export async function liftStop(tx: Tx, ctx: ServiceContext, { stopId, approvalId }: Lifting): Promise<void> {
  const order = await openOrder(tx, ctx, stopId);
  const targets = await readyTargets(tx, ctx, order.id);
  const changed = await tx.stopOrder.updateMany({
    where: { workspaceId: ctx.workspaceId, id: stopId, state: { not: 'RELEASED' } },
    data: { state: 'RELEASED', releasedAt: new Date(), releasedBy: ctx.actor, approvalId },
  });
  if (changed.count === 0) throw new AppError('not_found', { stop: order.id });
  for (const { actionId, reason } of targets)
    if (actionId)
      await failAction(ctx, {
        actionId,
        code: (reason ?? 'internal') as AppErrorCode,
        reasons: ['stop_lifted'],
        as: 'FAILED',
      });
  await record(tx, ctx, {
    event: 'stop.released',
    subject: { type: 'stop', id: order.id },
    projectId: order.projectId,
    payload: { approvalId },
    audit: {
      before: { state: order.state },
      after: { state: 'RELEASED' },
      ...(approvalId === null ? {} : { approvalId }),
    },
  });
}

/** A stop in force, held so that one pressed at the same moment is seen. @throws AppError not_found */
export async function openOrder(tx: Tx, ctx: ServiceContext, stopId: string) {
  const standing = { workspaceId: ctx.workspaceId, id: stopId, state: { not: 'RELEASED' } };
  const order = await tx.stopOrder.findFirst({ where: standing });
  if (!order) throw new AppError('not_found', { stop: stopId });
  await waitForOthers(tx, ctx, order.id);
  return order;
}

/** What could not be confirmed and never will be. @throws AppError conflict while something is still at work */
export async function readyTargets(tx: Tx, ctx: ServiceContext, stopId: string) {
  const targets = await openTargets(tx, ctx, stopId);
  const untried = targets.filter(({ isOver }) => !isOver).length;
  if (untried > 0) throw new AppError('conflict', { stop: stopId, untried });
  return targets;
}

/** A stop pressed at the same moment is either lifted with this one or stands as a new one: it is never lost in between. */
async function waitForOthers(tx: Tx, ctx: ServiceContext, stopId: string): Promise<void> {
  const rows = await tx.stopTarget.findMany({
    where: { workspaceId: ctx.workspaceId, stopId },
    distinct: ['projectId'],
    select: { projectId: true },
  });
  await lockProjects(
    tx,
    ctx,
    rows.map(({ projectId }) => projectId),
  );
  await lockAgainstStops(tx, ctx, 'alone');
  await lockOrder(tx, ctx, stopId);
}

/** What is not confirmed; `isOver` where the platform refused and nobody is at it this moment. */
async function openTargets(
  tx: Tx,
  ctx: ServiceContext,
  stopId: string,
): Promise<{ actionId: string | null; reason: string | null; isOver: boolean }[]> {
  return tx.$queryRaw`
    SELECT t."actionId", t."reason",
      t."state" = 'FAILED' AND (t."leaseUntil" IS NULL OR t."leaseUntil" < clock_timestamp() AT TIME ZONE 'utc') AS "isOver"
    FROM "StopTarget" t WHERE t."workspaceId" = ${ctx.workspaceId} AND t."stopId" = ${stopId} AND t."state" <> 'CONFIRMED'
    ORDER BY t."id"`;
}
