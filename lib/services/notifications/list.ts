import type { NotificationView } from '../../domain/views';
import type { Tx } from '../../runtime/db';
import { type NoticeParams, noticeText } from '../../words/en/notices';
import { type ServiceContext, transact } from '../context';

type Row = NonNullable<Awaited<ReturnType<Tx['notification']['findFirst']>>>;

const NEWEST = 50;

/** The bell of one person: how many are unread, and the newest fifty in words. */
export async function listNotifications(
  ctx: ServiceContext,
  input: { userId: string },
): Promise<{ unread: number; notifications: NotificationView[] }> {
  return transact(ctx, async (tx) => {
    const where = { workspaceId: ctx.workspaceId, userId: input.userId };
    const unread = await tx.notification.count({ where: { ...where, readAt: null } });
    const rows = await tx.notification.findMany({
      where,
      orderBy: [{ occurredAt: 'desc' }, { id: 'desc' }],
      take: NEWEST,
    });
    const user = await tx.user.findUnique({ where: { id: input.userId }, select: { locale: true } });
    return { unread, notifications: rows.map((row) => toView(row, user?.locale ?? 'en')) };
  });
}

function toView(row: Row, locale: string): NotificationView {
  const { title, body } = noticeText(row.key, row.params as NoticeParams, locale);
  return {
    id: row.id,
    type: row.type as NotificationView['type'],
    title,
    body,
    read: row.readAt !== null,
    at: row.occurredAt.toISOString(),
    href: hrefOf(row),
  };
}

/** Where a press leads: the message, else its conversation, else the project, else the dashboard. */
export function hrefOf(row: {
  projectId: string | null;
  conversationId: string | null;
  messageId: string | null;
}): string {
  if (!row.projectId) return '/dashboard';
  const query = row.conversationId ? `?conversation=${encodeURIComponent(row.conversationId)}` : '';
  const anchor = row.messageId ? `#message-${row.messageId}` : '';
  return `/chat/${encodeURIComponent(row.projectId)}${query}${anchor}`;
}
