import * as z from 'zod';
import { route } from '@/lib/http/route';
import { startFacebookLogin } from '@/lib/services/connections/start-login';

const query = z.object({ projectId: z.string().min(1), conversationId: z.string().min(1).optional() });

export const GET = route(
  { name: 'facebook-login', query, limitPerMinute: 20 },
  async ({ session, query: { projectId, conversationId } }) => {
    const { url } = await startFacebookLogin(session.ctx, {
      projectId,
      conversationId: conversationId ?? null,
      sessionId: session.sessionId,
      pretendOwner: session.user.pretend,
    });
    return new Response(null, { status: 302, headers: { location: url, 'cache-control': 'no-store' } });
  },
);
