import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';

const MICROS_PER_CENT = 10_000n;

/**
 * Refuses once the workspace's model calls of this calendar month (real time, UTC) have used up the limit, in US cents.
 * @throws AppError model_limit_reached
 */
export async function checkModelLimit(ctx: ServiceContext, input: { limitCents: number }): Promise<void> {
  const spent = await transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ micros: bigint | null }[]>`
      SELECT SUM("costMicros")::bigint AS micros FROM "ModelUsage"
      WHERE "workspaceId" = ${ctx.workspaceId} AND "at" >= date_trunc('month', now() AT TIME ZONE 'utc')`;
    return rows[0]?.micros ?? 0n;
  });
  if (spent >= BigInt(input.limitCents) * MICROS_PER_CENT)
    throw new AppError('model_limit_reached', { limitCents: input.limitCents });
}
