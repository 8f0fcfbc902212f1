import { route } from '@/lib/http/route';
import { acceptInvitation } from '@/lib/services/members/accept';

/** The press on an invitation's page; the link's id is the key, and the address must be the signed-in one. */
export const POST = route(
  { name: 'invitation-accept', limitPerMinute: 20, anyWorkspace: true },
  async ({ session, params }) => {
    await acceptInvitation({
      invitationId: params.invitationId ?? '',
      userId: session.user.id,
      sessionId: session.sessionId,
      requestId: session.ctx.requestId,
    });
    return { joined: true };
  },
);
