import { AppError } from '../../domain/errors';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import { openQuarantine } from './open';

/** Refusals in a row (token, permission, input that is about the login) until a connection is held still. */
export const REFUSALS_UNTIL_QUARANTINE = 3;
const REFUSALS = ['platform_reauthorise', 'platform_not_permitted'];

/**
 * Counts what a write through a connection met. Refusals in a row hold it still: hammering a platform that says no puts
 * the owner's account at risk. A success starts the count anew. Never spoils the outcome it tells of.
 */
export async function noteConnectionNews(
  ctx: ServiceContext,
  input: { accountId: string; error: unknown },
): Promise<void> {
  const { error } = input;
  const code = error instanceof AppError ? error.code : null;
  if (error !== null && (code === null || !REFUSALS.includes(code))) return;
  try {
    await transact(ctx, async (tx, inner) => {
      const account = await tx.adAccount.findFirst({
        where: { workspaceId: ctx.workspaceId, externalId: input.accountId },
        orderBy: { seenAt: 'desc' },
        select: { connectionId: true },
      });
      if (!account) return;
      const { connectionId } = account;
      if (code === null) {
        await tx.connectionTrouble.deleteMany({ where: { workspaceId: ctx.workspaceId, connectionId } });
        return;
      }
      const rows = await tx.$queryRaw<{ count: number }[]>`
        INSERT INTO "ConnectionTrouble" AS t ("connectionId", "workspaceId", "count", "code") VALUES (${connectionId}, ${ctx.workspaceId}, 1, ${code})
        ON CONFLICT ("connectionId") DO UPDATE SET "count" = t."count" + 1, "code" = EXCLUDED."code", "lastAt" = clock_timestamp() AT TIME ZONE 'utc'
        RETURNING "count"`;
      const count = rows[0]?.count ?? 0;
      if (count >= REFUSALS_UNTIL_QUARANTINE)
        await openQuarantine(inner, { connectionId, reason: 'refused', evidence: { code, count } });
    });
  } catch (failure) {
    log.error({ err: failure, account: input.accountId }, 'a refusal could not be counted');
  }
}
