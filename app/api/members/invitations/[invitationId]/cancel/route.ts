import { route } from '@/lib/http/route';
import { cancelInvitation } from '@/lib/services/members/cancel-invitation';

export const POST = route({ name: 'invitation-cancel' }, async ({ session, params }) => {
  await cancelInvitation(session.ctx, { invitationId: params.invitationId ?? '' });
  return { cancelled: true };
});
