import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';

const MICROS_PER_CENT = 10_000n;
/** A shop opened without a sign-up may try the model, not live on it. */
const PRETEND_LIMIT_CENTS = 25;

/**
 * Refuses once the workspace's model calls of this calendar month (real time, UTC) have used up the limit, in US cents.
 * @throws AppError model_limit_reached
 */
export async function checkModelLimit(ctx: ServiceContext, input: { limitCents: number }): Promise<void> {
  const { micros, pretend } = await transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ micros: bigint | null }[]>`
      SELECT SUM("costMicros")::bigint AS micros FROM "ModelUsage"
      WHERE "workspaceId" = ${ctx.workspaceId} AND "at" >= date_trunc('month', now() AT TIME ZONE 'utc')`;
    const signedUp = await tx.member.count({
      where: { organizationId: ctx.workspaceId, user: { OR: [{ isAnonymous: false }, { isAnonymous: null }] } },
    });
    return { micros: rows[0]?.micros ?? 0n, pretend: signedUp === 0 };
  });
  const limitCents = pretend ? Math.min(PRETEND_LIMIT_CENTS, input.limitCents) : input.limitCents;
  if (micros >= BigInt(limitCents) * MICROS_PER_CENT) throw new AppError('model_limit_reached', { limitCents });
}
