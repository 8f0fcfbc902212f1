import { AppError } from '../../domain/errors';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';
import { simulatedWorlds } from './worlds';

const HOUR_MS = 3_600_000;
export const ADVANCES = { '4h': 4 * HOUR_MS, '1d': 24 * HOUR_MS, '1w': 7 * 24 * HOUR_MS } as const;
export type Advance = keyof typeof ADVANCES;

/**
 * Sends the workspace's time on its way: the target is stored, the job walks there. One advance at a time.
 * @throws AppError simulated_only unless every connection of the workspace is simulated, conflict while one is running
 */
export async function advanceClock(
  ctx: ServiceContext,
  input: { projectId: string; by: Advance },
): Promise<{ targetOffsetMs: number }> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    await requireMay(inner, 'clock.advance');
    await simulatedWorlds(inner);
    const rows = await tx.$queryRaw<{ target: bigint }[]>`
      UPDATE "organization" SET "clockTargetMs" = "clockOffsetMs" + ${ADVANCES[input.by]}
      WHERE "id" = ${ctx.workspaceId} AND "clockTargetMs" <= "clockOffsetMs" RETURNING "clockTargetMs" AS target`;
    const target = rows[0]?.target;
    if (target === undefined) throw new AppError('conflict', { clock: 'already moving' });
    await enqueue(tx, {
      kind: 'advance-clock',
      workspaceId: ctx.workspaceId,
      data: {},
      key: `clock:${ctx.workspaceId}`,
      priority: 60,
      requestId: ctx.requestId,
    });
    return { targetOffsetMs: Number(target) };
  });
}
