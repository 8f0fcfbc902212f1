import { AppError } from '../../domain/errors';
import {
  isUpToLimit,
  isWithinLimit,
  may,
  mayWithoutPerson,
  type Role,
  roleNamed,
  type SpendLimit,
  type Verb,
} from '../../domain/roles';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { approvedLately } from './approved-lately';

/** Who is asking, as the members' table says; null for somebody who is no member (any more). */
export async function memberRole(
  tx: Tx,
  ctx: ServiceContext,
): Promise<{ role: Role; limit: SpendLimit | null } | null> {
  if (ctx.actor.type !== 'user') return null;
  const member = await tx.member.findFirst({
    where: { organizationId: ctx.workspaceId, userId: ctx.actor.id },
    select: { role: true, approvalLimitMinor: true, approvalLimitCurrency: true },
  });
  if (!member) return null;
  const { approvalLimitMinor: minor, approvalLimitCurrency: currency } = member;
  return { role: roleNamed(member.role), limit: minor === null || !currency ? null : { minor, currency } };
}

/**
 * Asks the matrix in lib/domain/roles before anything is changed. `spend` is what the verb would add per day, where money
 * limits bind: they bind what one person approved within a week, not each press by itself. Look the row up first: a stranger's id is not_found before it is not_permitted.
 * @throws AppError not_permitted
 */
export async function requireMay(
  ctx: ServiceContext,
  verb: Verb,
  spend?: { minor: bigint | null; currency: string | null },
): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== 'user') {
    if (!mayWithoutPerson(actor.type, verb)) throw new AppError('not_permitted', { verb, actor: actor.type });
    return;
  }
  await transact(ctx, async (tx, inner) => {
    const member = await memberRole(tx, inner);
    if (!member || !may(member.role, verb)) throw new AppError('not_permitted', { verb, role: member?.role ?? null });
    if (!spend || !isUpToLimit(member.role, verb)) return;
    // Two presses of one person at the same moment are counted one after the other.
    await tx.$executeRaw`SELECT 1 FROM "member" WHERE "organizationId" = ${ctx.workspaceId} AND "userId" = ${actor.id} FOR UPDATE`;
    const lately = spend.currency
      ? await approvedLately(tx, inner, { userId: actor.id, currency: spend.currency })
      : 0n;
    if (!isWithinLimit(member.role, verb, member.limit, together(spend, lately)))
      throw new AppError('above_your_limit', { verb, role: member.role });
  });
}

type Spend = { minor: bigint | null; currency: string | null };

/** With what was approved lately; what costs nothing more is never held up by it. */
export function together(spend: Spend, lately: bigint): Spend {
  return spend.minor === null || spend.minor <= 0n ? spend : { ...spend, minor: spend.minor + lately };
}
