import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';

/**
 * The simulator worlds of a workspace whose every connection is simulated. One live connection, or none at all, and time
 * cannot be moved: a live account's business time is real time. @throws AppError simulated_only
 */
export async function simulatedWorlds(ctx: ServiceContext): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const connections = await tx.facebookConnection.findMany({
      where: { workspaceId: ctx.workspaceId },
      select: { mode: true, simulatorWorldId: true },
    });
    const worlds = connections.flatMap(({ mode, simulatorWorldId }) =>
      mode === 'SIMULATED' && simulatorWorldId ? [simulatorWorldId] : [],
    );
    if (connections.length === 0 || worlds.length < connections.length)
      throw new AppError('simulated_only', { workspace: ctx.workspaceId });
    return [...new Set(worlds)];
  });
}
