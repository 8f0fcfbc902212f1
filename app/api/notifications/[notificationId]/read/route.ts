import { route } from '@/lib/http/route';
import { markNotificationRead } from '@/lib/services/notifications/mark-read';

export const POST = route({ name: 'notification-read' }, async ({ session, params }) => {
  await markNotificationRead(session.ctx, { userId: session.user.id, notificationId: params.notificationId ?? '' });
  return { read: true };
});
