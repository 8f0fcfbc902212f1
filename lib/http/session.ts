import { headers } from 'next/headers';
import { AppError } from '../domain/errors';
import { newRequestId } from '../runtime/ids';
import type { ServiceContext } from '../services/context';
import { roleOf, workspaceOfUser } from '../services/workspaces/of-user';
import { auth } from './auth';

export type Session = {
  ctx: ServiceContext;
  user: { id: string; name: string; email: string; pretend: boolean; locale: string; timezone: string };
  sessionId: string;
  role: string;
};

/** The signed-in user with the context of the active workspace; null for strangers. */
export async function readSession(requestHeaders?: Headers): Promise<Session | null> {
  const found = await auth().api.getSession({ headers: requestHeaders ?? (await headers()) });
  if (!found) return null;
  const workspaceId = found.session.activeOrganizationId ?? (await workspaceOfUser(found.user.id));
  if (!workspaceId) return null;
  const role = await roleOf({ userId: found.user.id, workspaceId });
  if (!role) return null;
  const { id, name, email, locale, timezone, isAnonymous } = found.user;
  return {
    ctx: { workspaceId, actor: { type: 'user', id }, requestId: newRequestId() },
    user: { id, name, email, pretend: Boolean(isAnonymous), locale: locale ?? 'en', timezone: timezone ?? 'UTC' },
    sessionId: found.session.id,
    role,
  };
}

/** @throws AppError not_signed_in */
export async function requireSession(requestHeaders?: Headers): Promise<Session> {
  const session = await readSession(requestHeaders);
  if (!session) throw new AppError('not_signed_in');
  return session;
}
