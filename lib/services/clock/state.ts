import { AppError } from '../../domain/errors';
import { type ServiceContext, transact, workspaceNow } from '../context';

/** `running` while an advance is on its way; `mayAdvance` where every connection is simulated. */
export type ClockState = { now: string; offsetMs: number; mayAdvance: boolean; running: boolean };

/** The workspace's time, asked for by one of its shops or by the whole. @throws AppError not_found */
export async function clockState(ctx: ServiceContext, input: { projectId?: string } = {}): Promise<ClockState> {
  return transact(ctx, async (tx, inner) => {
    const { projectId } = input;
    const isOurs =
      projectId === undefined ||
      (await tx.project.count({ where: { workspaceId: ctx.workspaceId, id: projectId } })) > 0;
    if (!isOurs) throw new AppError('not_found', { project: projectId });
    const workspace = await tx.organization.findUnique({
      where: { id: ctx.workspaceId },
      select: { clockOffsetMs: true, clockTargetMs: true },
    });
    if (!workspace) throw new AppError('not_found', { workspace: ctx.workspaceId });
    const modes = await tx.facebookConnection.findMany({
      where: { workspaceId: ctx.workspaceId },
      select: { mode: true, simulatorWorldId: true },
    });
    const now = await workspaceNow(inner, tx);
    return {
      now: now.toISOString(),
      offsetMs: Number(workspace.clockOffsetMs),
      running: workspace.clockTargetMs > workspace.clockOffsetMs,
      mayAdvance:
        modes.length > 0 &&
        modes.every(({ mode, simulatorWorldId }) => mode === 'SIMULATED' && simulatorWorldId !== null),
    };
  });
}
