import { AppError } from '../domain/errors';
import { env } from '../runtime/env';
import { newRequestId, sha256Hex } from '../runtime/ids';
import type { ServiceContext } from '../services/context';
import { takeRequest } from '../services/health/take-request';
import { createDemoProject } from '../services/projects/create-demo';
import { workspaceOfUser } from '../services/workspaces/of-user';
import { pretendWorkspaceOf } from '../services/workspaces/pretend';
import { switchWorkspace } from '../services/workspaces/switch';
import { workspaceWords } from '../words/en/roles';
import { auth } from './auth';
import { problemResponse } from './problem';
import { readSession, type Session } from './session';

const PER_MINUTE = 20;
/** Of the whole installation: the address a request claims to come from can be made up. */
const ALL_PER_MINUTE = 60;

/**
 * Opens a pretend shop for whoever presses the button. A stranger gets an anonymous owner with a workspace of its own. A
 * signed-in owner gets it in a workspace for pretend shops, which the session then works in: a workspace whose clock can be
 * moved never takes a live account.
 */
export async function openPretendShop(request: Request): Promise<Response> {
  const requestId = newRequestId();
  try {
    const origin = request.headers.get('origin');
    if (origin && new URL(env().APP_URL).origin !== origin) throw new AppError('not_permitted', { origin });
    await takeRequest({
      key: `pretend-shop:${sha256Hex(request.headers.get('x-forwarded-for') ?? 'local')}`,
      limit: PER_MINUTE,
    });
    await takeRequest({ key: 'pretend-shop', limit: ALL_PER_MINUTE });
    const signedIn = await readSession(request.headers);
    if (signedIn) return Response.json(await besideTheOthers(signedIn, requestId));
    const signIn = await auth().api.signInAnonymous({ headers: request.headers, returnHeaders: true });
    const userId = signIn.response?.user.id;
    const workspaceId = userId ? await workspaceOfUser(userId) : null;
    if (!userId || !workspaceId) throw new AppError('internal', { why: 'anonymous sign-in gave no workspace' });
    const ctx: ServiceContext = { workspaceId, actor: { type: 'user', id: userId }, requestId };
    const { projectId } = await createDemoProject(ctx, { userId, locale: 'en' });
    return Response.json({ projectId }, { headers: signIn.headers });
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

async function besideTheOthers(session: Session, requestId: string): Promise<{ projectId: string }> {
  const { user, sessionId } = session;
  const workspaceId = await pretendWorkspaceOf({ userId: user.id, name: workspaceWords.pretendName });
  const ctx: ServiceContext = { workspaceId, actor: { type: 'user', id: user.id }, requestId };
  const { projectId } = await createDemoProject(ctx, { userId: user.id, locale: user.locale });
  await switchWorkspace({ userId: user.id, sessionId, workspaceId });
  return { projectId };
}
