import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';

/**
 * The platform refused the token: decisions stop, a reconnect card is due. Says so once, to every project that depends on it.
 */
export async function markConnectionBroken(
  ctx: ServiceContext,
  input: { connectionId: string; projectId?: string; reason: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const changed = await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.connectionId, status: 'HEALTHY' },
      data: { status: 'BROKEN', statusReason: input.reason },
    });
    if (changed.count === 0) return;
    const projects = input.projectId ? [input.projectId] : await projectsOf(tx, ctx.workspaceId, input.connectionId);
    for (const [at, projectId] of (projects.length > 0 ? projects : [null]).entries()) {
      await record(tx, inner, {
        event: 'connection.broken',
        subject: { type: 'connection', id: input.connectionId },
        projectId,
        payload: {},
        ...(at === 0
          ? { audit: { before: { status: 'HEALTHY' }, after: { status: 'BROKEN' }, reason: { reason: input.reason } } }
          : {}),
      });
    }
  });
}

/** The platform takes the token again: what was broken for any reason of the token's own works from now on. */
export async function markConnectionRepaired(ctx: ServiceContext, input: { connectionId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const changed = await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.connectionId, status: 'BROKEN' },
      data: { status: 'HEALTHY', statusReason: null },
    });
    if (changed.count === 0) return;
    const [projectId = null] = await projectsOf(tx, ctx.workspaceId, input.connectionId);
    await record(tx, inner, {
      event: 'connection.repaired',
      subject: { type: 'connection', id: input.connectionId },
      projectId,
      payload: {},
      audit: { before: { status: 'BROKEN' }, after: { status: 'HEALTHY' } },
    });
  });
}

/** Projects whose account stands behind a login. */
export async function projectsOf(tx: Tx, workspaceId: string, connectionId: string): Promise<string[]> {
  const rows = await tx.project.findMany({
    where: { workspaceId, archivedAt: null, adAccount: { is: { connectionId } } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map((row) => row.id);
}
