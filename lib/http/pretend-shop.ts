import { AppError } from '../domain/errors';
import { env, hasLiveFacebookApp } from '../runtime/env';
import { newRequestId, sha256Hex } from '../runtime/ids';
import type { ServiceContext } from '../services/context';
import { takeRequest } from '../services/health/take-request';
import { createDemoProject } from '../services/projects/create-demo';
import { workspaceOfUser } from '../services/workspaces/of-user';
import { auth } from './auth';
import { problemResponse } from './problem';
import { readSession } from './session';

const PER_MINUTE = 20;
/** Of the whole installation: the address a request claims to come from can be made up. */
const ALL_PER_MINUTE = 60;

/**
 * Opens a pretend shop for whoever presses the button. A stranger gets an anonymous owner with a workspace of its own. A
 * signed-in owner gets it beside the other shops, unless this installation can hold live accounts: a workspace whose clock
 * can be moved never takes one.
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
    if (signedIn && !signedIn.user.pretend && hasLiveFacebookApp())
      throw new AppError('conflict', { why: 'signed in with a real workspace' });
    if (signedIn) {
      const { projectId } = await createDemoProject(
        { ...signedIn.ctx, requestId },
        { userId: signedIn.user.id, locale: signedIn.user.locale },
      );
      return Response.json({ projectId });
    }
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
