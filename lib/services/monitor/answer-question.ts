import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';

export type OwnerSays = 'site-broken' | 'tracking-broken' | 'all-fine';

/**
 * The owner's word on an open question of the stop switch ("no customers came in: is your shop all right?"). It counts at
 * the next look at the account. @throws AppError not_found where nothing is asked
 */
export async function answerAlarmQuestion(
  ctx: ServiceContext,
  input: { projectId: string; says: OwnerSays },
): Promise<{ alarmId: string }> {
  return transact(ctx, async (tx, inner) => {
    const alarm = await tx.alarm.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        closedAt: null,
        kind: { in: ['checkout_broken', 'tracking_lost'] },
      },
      orderBy: { openedAt: 'desc' },
      select: { id: true, kind: true },
    });
    if (!alarm) throw new AppError('not_found', { alarm: input.projectId });
    await tx.alarm.updateMany({
      where: { workspaceId: ctx.workspaceId, id: alarm.id, closedAt: null },
      data: { ownerSaid: input.says, heardAt: null },
    });
    await record(tx, inner, {
      event: 'alarm.answered',
      subject: { type: 'alarm', id: alarm.id },
      projectId: input.projectId,
      payload: { says: input.says },
      audit: { after: { says: input.says, kind: alarm.kind } },
    });
    return { alarmId: alarm.id };
  });
}
