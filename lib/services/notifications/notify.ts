import type { NotificationView } from '../../domain/views';
import type { NoticeKey, NoticeParams } from '../../words/en/notices';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';

export type NotifyInput = {
  /** Who is told; every member of the workspace when left out. */
  userIds?: string[];
  type: NotificationView['type'];
  key: NoticeKey;
  params?: NoticeParams;
  projectId?: string | null;
  conversationId?: string | null;
  /** The message a press leads to. */
  messageId?: string | null;
  /** The event that caused it: one bell per event, user and key, however often it is delivered. */
  eventId?: string;
};

/** Rings the bell: one row per person, words by key. Returns how many rows are new. */
export async function notify(ctx: ServiceContext, input: NotifyInput): Promise<{ created: number }> {
  return transact(ctx, async (tx, inner) => {
    const members = await tx.member.findMany({
      where: { organizationId: ctx.workspaceId, ...(input.userIds ? { userId: { in: input.userIds } } : {}) },
      select: { userId: true },
    });
    const occurredAt = await workspaceNow(inner, tx);
    const rows = await tx.notification.createManyAndReturn({
      data: members.map(({ userId }) => ({
        workspaceId: ctx.workspaceId,
        userId,
        type: input.type,
        key: input.key,
        params: input.params ?? {},
        projectId: input.projectId ?? null,
        conversationId: input.conversationId ?? null,
        messageId: input.messageId ?? null,
        eventId: input.eventId ?? null,
        occurredAt,
      })),
      skipDuplicates: true,
      select: { id: true },
    });
    const first = rows[0];
    if (!first) return { created: 0 };
    await record(tx, inner, {
      event: 'notification.created',
      subject: { type: 'notification', id: first.id },
      projectId: input.projectId ?? null,
      payload: { count: rows.length, key: input.key },
      ...(input.eventId ? { causeId: input.eventId } : {}),
    });
    return { created: rows.length };
  });
}
