import type { AccountAccess } from '../../platforms/port';
import { decrypt } from '../../runtime/crypto';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';

/**
 * The key to an ad account by the platform's own id, whatever project has selected it and whatever state its connection
 * is in: for stops and read-backs. Null where no login of the workspace reaches it, or its token cannot be opened.
 */
export async function accessOfAccount(
  ctx: ServiceContext,
  input: { accountId: string },
): Promise<(AccountAccess & { connectionId: string }) | null> {
  const accounts = await transact(ctx, (tx) =>
    tx.adAccount.findMany({
      where: { workspaceId: ctx.workspaceId, externalId: input.accountId },
      include: { connection: true },
      orderBy: { seenAt: 'desc' },
    }),
  );
  // A healthy login first: of two people who connected the same account, one may have left.
  const chosen = accounts.find(({ connection }) => connection.status === 'HEALTHY') ?? accounts[0];
  if (!chosen) return null;
  const { connection } = chosen;
  try {
    return {
      platform: 'meta',
      mode: connection.mode as 'LIVE' | 'SIMULATED',
      accountId: chosen.externalId,
      token: decrypt(connection.accessToken, connection.id),
      currency: chosen.currency,
      connectionId: connection.id,
    };
  } catch (error) {
    log.error({ err: error, connection: connection.id }, 'a stored token cannot be opened');
    return null;
  }
}
