import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';

/** The platform refused the token: decisions stop, a reconnect card is due. Says so once. */
export async function markConnectionBroken(
  ctx: ServiceContext,
  input: { connectionId: string; projectId: string; reason: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const changed = await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.connectionId, status: 'HEALTHY' },
      data: { status: 'BROKEN', statusReason: input.reason },
    });
    if (changed.count === 0) return;
    await record(tx, inner, {
      event: 'connection.broken',
      subject: { type: 'connection', id: input.connectionId },
      projectId: input.projectId,
      payload: {},
      audit: { before: { status: 'HEALTHY' }, after: { status: 'BROKEN' }, reason: { reason: input.reason } },
    });
  });
}
