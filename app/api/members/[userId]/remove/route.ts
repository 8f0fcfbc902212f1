import { route } from '@/lib/http/route';
import { removeMember } from '@/lib/services/members/remove';

/** With one's own id: leave. */
export const POST = route({ name: 'member-remove' }, async ({ session, params }) => {
  await removeMember(session.ctx, { userId: params.userId ?? '' });
  return { removed: true };
});
