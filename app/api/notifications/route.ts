import { route } from '@/lib/http/route';
import { listNotifications } from '@/lib/services/notifications/list';

export const GET = route({ name: 'notifications' }, async ({ session }) =>
  listNotifications(session.ctx, { userId: session.user.id }),
);
