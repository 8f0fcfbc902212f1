import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { record } from '../ledger/record';

/**
 * A login whose accounts changed hands and that has none left is over: its token is forgotten. One that still holds other
 * accounts stays as it is.
 */
export async function retireEmptied(
  tx: Tx,
  ctx: ServiceContext,
  input: { connectionIds: string[]; successorId: string; projectId: string },
): Promise<void> {
  for (const id of input.connectionIds) {
    const left = await tx.adAccount.count({ where: { workspaceId: ctx.workspaceId, connectionId: id } });
    if (left > 0) continue;
    const before = await tx.facebookConnection.findFirst({
      where: { workspaceId: ctx.workspaceId, id },
      select: { status: true },
    });
    await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id, status: { not: 'REVOKED' } },
      data: { status: 'REVOKED', statusReason: 'taken_over', accessToken: '', scopes: [], declinedScopes: [] },
    });
    await record(tx, ctx, {
      event: 'connection.revoked',
      subject: { type: 'connection', id },
      projectId: input.projectId,
      payload: { reason: 'taken_over' },
      audit: {
        before: { status: before?.status ?? null },
        after: { status: 'REVOKED', token: 'forgotten' },
        reason: { reason: 'taken_over', by: input.successorId },
      },
    });
  }
}
