import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';

/**
 * Whoever takes a part of any month of the workspace, or changes what the workspace may spend, waits here until the other's
 * transaction is over. After the project's lock and before the event stream.
 */
export async function lockWorkspaceMonths(tx: Tx, ctx: ServiceContext): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('month:' || ${ctx.workspaceId}::text, 0))`;
}

export type WorkspaceLimitRow = { version: number; amountMinor: bigint | null };

/** What all projects that pay in a currency may cost a month together; null where nothing was ever set. */
export async function workspaceLimit(tx: Tx, ctx: ServiceContext, currency: string): Promise<WorkspaceLimitRow | null> {
  return tx.workspaceLimit.findFirst({
    where: { workspaceId: ctx.workspaceId, currency },
    orderBy: { version: 'desc' },
    select: { version: true, amountMinor: true },
  });
}

/**
 * What the workspace's limit leaves of a month for one project, all that is promised to its others counted; null: no
 * limit. Its own promises are part of it.
 */
export async function roomInWorkspace(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; month: string; currency: string },
): Promise<bigint | null> {
  const limit = await workspaceLimit(tx, ctx, input.currency);
  if (!limit || limit.amountMinor === null) return null;
  const others = await tx.monthBudget.aggregate({
    where: {
      workspaceId: ctx.workspaceId,
      month: input.month,
      currency: input.currency,
      projectId: { not: input.projectId },
    },
    _sum: { committedMinor: true, reservedMinor: true },
  });
  return limit.amountMinor - (others._sum.committedMinor ?? 0n) - (others._sum.reservedMinor ?? 0n);
}

/**
 * How much of what a project's month holds stands above the workspace's limit: facts that are counted whether they fit or
 * not. Takes the lock.
 */
export async function aboveWorkspace(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; month: string; currency: string; promisedMinor: bigint },
): Promise<bigint> {
  await lockWorkspaceMonths(tx, ctx);
  const room = await roomInWorkspace(tx, ctx, input);
  if (room === null || input.promisedMinor <= room) return 0n;
  return room < 0n ? input.promisedMinor : input.promisedMinor - room;
}

/** The most that is promised in any month that is not over anywhere on earth, minor units of that currency. */
export async function mostPromised(tx: Tx, ctx: ServiceContext, currency: string): Promise<bigint> {
  // The westernmost account's month is over last.
  const month = dayIn('Etc/GMT+12', await workspaceNow(ctx, tx)).slice(0, 7);
  const months = await tx.monthBudget.groupBy({
    by: ['month'],
    where: { workspaceId: ctx.workspaceId, currency, month: { gte: month } },
    _sum: { committedMinor: true, reservedMinor: true },
  });
  const sums = months.map(({ _sum }) => (_sum.committedMinor ?? 0n) + (_sum.reservedMinor ?? 0n));
  return sums.reduce((most, sum) => (sum > most ? sum : most), 0n);
}
