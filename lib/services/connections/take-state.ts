import { AppError } from '../../domain/errors';
import { sameSecret, sign } from '../../runtime/crypto';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';
import type { ConnectionMode } from './start-login';

export type TakenState = { projectId: string; conversationId: string | null; mode: ConnectionMode };

/**
 * Uses up a login state: signature, workspace, session, age and single use must all hold; the first caller wins.
 * @throws AppError facebook_state_invalid
 */
export async function takeLoginState(
  ctx: ServiceContext,
  input: { state: string; sessionId: string },
): Promise<TakenState> {
  const [id, nonce, signature] = input.state.split('.');
  const body = `${id}.${nonce}`;
  if (!id || !nonce || !sameSecret(signature, sign('facebook-login', body)))
    throw new AppError('facebook_state_invalid', { why: 'signature' });
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'connection.manage');
    const used = await tx.oauthState.updateMany({
      where: {
        workspaceId: ctx.workspaceId,
        id,
        nonceHash: sha256Hex(nonce),
        sessionId: input.sessionId,
        usedAt: null,
        expiresAt: { gt: new Date() },
      },
      data: { usedAt: new Date() },
    });
    if (used.count === 0) throw new AppError('facebook_state_invalid', { why: 'used, expired or another session' });
    const row = await tx.oauthState.findUniqueOrThrow({ where: { id } });
    return { projectId: row.projectId, conversationId: row.conversationId, mode: row.mode as ConnectionMode };
  });
}
