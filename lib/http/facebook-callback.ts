import { env } from '../runtime/env';
import { newRequestId } from '../runtime/ids';
import { declineFacebookLogin, finishFacebookLogin } from '../services/connections/finish-login';
import { type TakenState, takeLoginState } from '../services/connections/take-state';
import { problemOf } from './problem';
import { requireSession } from './session';

/**
 * Where Meta's dialog sends the owner back. Whatever happens, the owner lands in the chat again: with the connection,
 * or with a plain sentence about what went wrong.
 */
export async function completeFacebookLogin(request: Request): Promise<Response> {
  const requestId = newRequestId();
  const url = new URL(request.url);
  let taken: TakenState | null = null;
  try {
    const session = await requireSession(request.headers);
    session.ctx.requestId = requestId;
    taken = await takeLoginState(session.ctx, {
      state: url.searchParams.get('state') ?? '',
      sessionId: session.sessionId,
    });
    const code = url.searchParams.get('code');
    if (code) await finishFacebookLogin(session.ctx, { taken, code, userId: session.user.id });
    else await declineFacebookLogin(session.ctx, { taken });
    return backToChat(taken, null);
  } catch (error) {
    const problem = problemOf(error, requestId);
    return backToChat(taken, { code: problem.code, referenceId: problem.referenceId });
  }
}

function backToChat(taken: TakenState | null, problem: { code: string; referenceId: string } | null): Response {
  const target = new URL(taken ? `/chat/${taken.projectId}` : '/dashboard', env().APP_URL);
  if (taken?.conversationId) target.searchParams.set('conversation', taken.conversationId);
  if (problem) {
    target.searchParams.set('problem', problem.code);
    target.searchParams.set('ref', problem.referenceId);
  }
  return new Response(null, {
    status: 302,
    headers: { location: target.toString(), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}
