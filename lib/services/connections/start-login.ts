import { AppError } from '../../domain/errors';
import { MISSING_PERMISSIONS } from '../../domain/login-need';
import { dialogUrl } from '../../platforms/meta/login';
import { randomToken, sign } from '../../runtime/crypto';
import { env, hasLiveFacebookApp } from '../../runtime/env';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';

export type ConnectionMode = 'LIVE' | 'SIMULATED';

/** What we ask Meta for; lead forms' scope is asked for late, when a plan needs it. */
export const LOGIN_SCOPES = [
  'ads_management',
  'ads_read',
  'business_management',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_ads',
  'instagram_basic',
] as const;

const STATE_MINUTES = 15;

/** Exactly this address is registered with Meta; nothing in a request can change it. */
export function redirectUri(): string {
  return env().FACEBOOK_REDIRECT_URI ?? new URL('/api/auth/facebook/callback', env().APP_URL).toString();
}

/**
 * Opens a login: a single-use state row bound to session and project, and the address of the dialog to send the owner to.
 * A workspace that already holds a simulated connection stays simulated; otherwise a real app, where there is one, decides. An owner
 * without a sign-up never connects a live account: nobody could come back to stop its ads.
 */
export async function startFacebookLogin(
  ctx: ServiceContext,
  input: { projectId: string; conversationId: string | null; sessionId: string; pretendOwner: boolean },
): Promise<{ url: string }> {
  const nonce = randomToken();
  const { id, mode, rerequest } = await transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    await requireMay(inner, 'connection.manage');
    if (input.conversationId !== null) {
      const conversation = await tx.conversation.findFirst({
        where: { workspaceId: ctx.workspaceId, projectId: input.projectId, id: input.conversationId },
        select: { id: true },
      });
      if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
    }
    const simulated = await tx.facebookConnection.count({ where: { workspaceId: ctx.workspaceId, mode: 'SIMULATED' } });
    const { pretend } = await tx.organization.findUniqueOrThrow({
      where: { id: ctx.workspaceId },
      select: { pretend: true },
    });
    const leftOut = await tx.facebookConnection.count({
      where: { workspaceId: ctx.workspaceId, statusReason: MISSING_PERMISSIONS },
    });
    const mayBeLive = hasLiveFacebookApp() && simulated === 0 && !pretend && !input.pretendOwner;
    const chosen: ConnectionMode = mayBeLive ? 'LIVE' : 'SIMULATED';
    const row = await tx.oauthState.create({
      data: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        conversationId: input.conversationId,
        sessionId: input.sessionId,
        mode: chosen,
        nonceHash: sha256Hex(nonce),
        expiresAt: new Date(Date.now() + STATE_MINUTES * 60_000),
      },
      select: { id: true },
    });
    return { id: row.id, mode: chosen, rerequest: leftOut > 0 };
  });
  const body = `${id}.${nonce}`;
  const state = `${body}.${sign('facebook-login', body)}`;
  return { url: dialogUrl({ mode, state, redirectUri: redirectUri(), scopes: [...LOGIN_SCOPES], rerequest }) };
}
