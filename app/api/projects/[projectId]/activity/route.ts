import { route } from '@/lib/http/route';
import { listActivity } from '@/lib/services/activity/list';

export const GET = route({ name: 'activity' }, async ({ session, params }) => ({
  days: await listActivity(session.ctx, { projectId: params.projectId ?? '' }),
}));
