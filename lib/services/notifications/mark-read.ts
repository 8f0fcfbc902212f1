import { AppError } from '../../domain/errors';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';

/** Marks one notification of this person as read; reading it twice changes nothing. @throws AppError not_found */
export async function markNotificationRead(
  ctx: ServiceContext,
  input: { userId: string; notificationId: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'notification.read');
    const mine = { workspaceId: ctx.workspaceId, userId: input.userId, id: input.notificationId };
    const row = await tx.notification.findFirst({ where: mine, select: { projectId: true } });
    if (!row) throw new AppError('not_found', { notification: input.notificationId });
    const changed = await tx.notification.updateMany({
      where: { ...mine, readAt: null },
      data: { readAt: await workspaceNow(inner, tx) },
    });
    if (changed.count === 0) return;
    await record(tx, inner, {
      event: 'notification.read',
      subject: { type: 'notification', id: input.notificationId },
      projectId: row.projectId,
    });
  });
}
