import type { QuarantineView } from '../../domain/views';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';

/** Connections that are held still, newest first; with `past`, also those that were released. */
export async function listQuarantines(ctx: ServiceContext, input: { past?: boolean } = {}): Promise<QuarantineView[]> {
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'workspace.read');
    const rows = await tx.quarantine.findMany({
      where: { workspaceId: ctx.workspaceId, ...(input.past ? {} : { releasedAt: null }) },
      orderBy: { createdAt: 'desc' },
      take: 100,
    });
    const accounts = await tx.adAccount.findMany({
      where: { workspaceId: ctx.workspaceId, connectionId: { in: rows.map(({ connectionId }) => connectionId) } },
      select: { connectionId: true, name: true },
    });
    return rows.map((row) => ({
      id: row.id,
      connectionId: row.connectionId,
      accountNames: accounts.filter((one) => one.connectionId === row.connectionId).map(({ name }) => name),
      reason: row.reason as QuarantineView['reason'],
      since: row.createdAt.toISOString(),
      releasedAt: row.releasedAt?.toISOString() ?? null,
    }));
  });
}
