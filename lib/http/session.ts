import { headers } from 'next/headers';
import { AppError } from '../domain/errors';
import type { Role } from '../domain/roles';
import { newRequestId } from '../runtime/ids';
import type { ServiceContext } from '../services/context';
import { namedWorkspace } from '../services/workspaces/named';
import { activeWorkspace } from '../services/workspaces/of-user';
import { switchWorkspace, workspaceOfProject } from '../services/workspaces/switch';
import { auth } from './auth';

export type Session = {
  ctx: ServiceContext;
  user: { id: string; name: string; email: string; pretend: boolean; locale: string; timezone: string };
  sessionId: string;
  role: Role;
};

/** The signed-in user with the context of the active workspace; null for strangers. */
export async function readSession(requestHeaders?: Headers): Promise<Session | null> {
  const found = await auth().api.getSession({ headers: requestHeaders ?? (await headers()) });
  if (!found) return null;
  const active = await activeWorkspace({ userId: found.user.id, chosen: found.session.activeOrganizationId });
  if (!active) return null;
  const { id, name, email, locale, timezone, isAnonymous } = found.user;
  return {
    ctx: { workspaceId: active.workspaceId, actor: { type: 'user', id }, requestId: newRequestId() },
    user: { id, name, email, pretend: Boolean(isAnonymous), locale: locale ?? 'en', timezone: timezone ?? 'UTC' },
    sessionId: found.session.id,
    role: active.role,
  };
}

/** @throws AppError not_signed_in */
export async function requireSession(requestHeaders?: Headers): Promise<Session> {
  const session = await readSession(requestHeaders);
  if (!session) throw new AppError('not_signed_in');
  return session;
}

/**
 * The session in the workspace a page was drawn for, whatever another tab has opened since: each tab acts on what it shows.
 * @throws AppError workspace_unclear where the person is no member of it
 */
export async function sessionNaming(session: Session, workspaceId: string): Promise<Session> {
  if (workspaceId === session.ctx.workspaceId) return session;
  const named = await namedWorkspace({ userId: session.user.id, workspaceId });
  if (!named) throw new AppError('workspace_unclear', { named: workspaceId });
  return { ...session, role: named.role, ctx: { ...session.ctx, workspaceId: named.workspaceId } };
}

/** The session in the workspace that holds a project: a link to another workspace of the same person opens it there. */
export async function sessionForProject(session: Session, projectId: string): Promise<Session> {
  const { user, sessionId } = session;
  const workspaceId = await workspaceOfProject({ userId: user.id, projectId });
  if (!workspaceId || workspaceId === session.ctx.workspaceId) return session;
  await switchWorkspace({ userId: user.id, sessionId, workspaceId });
  return (await readSession()) ?? session;
}
