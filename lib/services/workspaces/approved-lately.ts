import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';

/** Business days over which what one person approved is counted together: many small presses are one large one. */
const LIMIT_WINDOW_DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * What a person already let be spent more a day within the window, minor units of that currency: cards approved, and
 * dearer budgets of somebody else's that were kept. What was tried and did not come about is not counted.
 */
export async function approvedLately(
  tx: Tx,
  ctx: ServiceContext,
  input: { userId: string; currency: string },
): Promise<bigint> {
  const since = new Date((await workspaceNow(ctx, tx)).getTime() - LIMIT_WINDOW_DAYS * DAY_MS);
  const pressed = await tx.approval.aggregate({
    where: {
      workspaceId: ctx.workspaceId,
      decidedBy: input.userId,
      decision: 'approve',
      decidedAt: { gt: since },
      currency: input.currency,
      deltaMinor: { gt: 0 },
      // A start that failed may be continued under the same press; a change that failed is over.
      NOT: { kind: 'campaign_action', state: 'FAILED' },
    },
    _sum: { deltaMinor: true },
  });
  const kept = await tx.driftFinding.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      state: 'KEPT',
      field: 'daily_budget',
      decidedAt: { gt: since },
      decidedBy: { path: ['id'], equals: input.userId },
    },
    select: { ours: true, theirs: true },
  });
  return kept.reduce((sum, row) => sum + raiseOf(row), pressed._sum.deltaMinor ?? 0n);
}

/** By how much a day a found budget is dearer than ours was, minor units; 0 where it is not, or is no amount. */
export function raiseOf(row: { ours: unknown; theirs: unknown }): bigint {
  const [ours, theirs] = [row.ours, row.theirs].map((side) => String((side as { value: unknown }).value));
  if (!/^\d+$/.test(theirs ?? '')) return 0n;
  const raise = BigInt(theirs ?? 0) - (/^\d+$/.test(ours ?? '') ? BigInt(ours ?? 0) : 0n);
  return raise > 0n ? raise : 0n;
}
