import type { Tx } from '../../runtime/db';
import { env } from '../../runtime/env';

export const MICROS_PER_CENT = 10_000n;
/** A shop opened without a sign-up may try the model, not live on it. */
const PRETEND_LIMIT_CENTS = 25;

/** What one workspace may use of the model per month, micro-dollars: its own number, else the installation's. */
export async function workspaceLimitMicros(tx: Tx, workspaceId: string): Promise<bigint> {
  const workspace = await tx.organization.findUniqueOrThrow({
    where: { id: workspaceId },
    select: {
      modelLimitCents: true,
      _count: { select: { members: { where: { user: { OR: [{ isAnonymous: false }, { isAnonymous: null }] } } } } },
    },
  });
  const cents = workspace.modelLimitCents ?? env().MODEL_LIMIT_CENTS;
  const nobodySignedUp = workspace._count.members === 0;
  return BigInt(nobodySignedUp ? Math.min(PRETEND_LIMIT_CENTS, cents) : cents) * MICROS_PER_CENT;
}

/** What the whole installation may use per day, micro-dollars. */
export function dayLimitMicros(): bigint {
  return BigInt(env().MODEL_DAY_LIMIT_CENTS) * MICROS_PER_CENT;
}
