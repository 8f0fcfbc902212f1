import type { Tx } from '../../runtime/db';
import { insertPolicyVersion } from '../approvals/carry-out-policy';
import { type ServiceContext, transact } from '../context';
import { currentPolicy } from '../policy/current';
import { lockProject } from './lock';
import { fromStored, type StoredShare } from './month';

type Held = { holderId: string };

/**
 * The platform shows it: what was reserved is committed, the campaign's part of the month is what was planned at the
 * press, and a ceiling approved on the same card comes into force. Called twice it changes nothing.
 */
export async function commitReservation(tx: Tx, ctx: ServiceContext, { holderId }: Held): Promise<boolean> {
  const row = await take(tx, ctx, holderId, ['HELD', 'SPENDING'], 'COMMITTED');
  if (!row) return false;
  const share = fromStored(row.share as StoredShare);
  const { projectId, campaignRecordId, month } = row;
  const [before] = await tx.$queryRaw<{ committedMinor: bigint }[]>`
    SELECT "committedMinor" FROM "MonthShare" WHERE "workspaceId" = ${ctx.workspaceId}
    AND "campaignRecordId" = ${campaignRecordId} AND "month" = ${month}`;
  const own = before?.committedMinor ?? 0n;
  // Two changes may have been on their way: each adds what it reserved.
  const committedMinor = row.amountMinor > 0n ? own + row.amountMinor : lowest(own, share.committedMinor);
  await tx.monthBudget.updateMany({
    where: { workspaceId: ctx.workspaceId, projectId, month },
    data: {
      reservedMinor: { decrement: row.amountMinor },
      committedMinor: { increment: committedMinor - own },
    },
  });
  await tx.monthShare.upsert({
    where: { campaignRecordId_month: { campaignRecordId, month } },
    create: { ...share, committedMinor, workspaceId: ctx.workspaceId, projectId, campaignRecordId, month },
    update: { ...share, committedMinor },
  });
  if (row.ceilingMinor === null) return true;
  await liftCeiling(tx, ctx, { ...row, ceilingMinor: row.ceilingMinor });
  await tx.$executeRaw`
    UPDATE "MonthBudget" SET "ceilingMinor" = GREATEST("ceilingMinor", ${row.ceilingMinor}), "liftMinor" = "liftMinor" - ${row.liftMinor}
    WHERE "workspaceId" = ${ctx.workspaceId} AND "projectId" = ${projectId} AND "month" = ${month}`;
  return true;
}

/**
 * Asked right before the first call that lets more be spent: from here on the reservation is only ever committed. False
 * where it was released meanwhile, and then nothing may leave. True without a reservation (work from before months were kept).
 */
export async function beginSpending(ctx: ServiceContext, { holderId }: Held): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const where = { workspaceId: ctx.workspaceId, holderId };
    const changed = await tx.monthReservation.updateMany({
      where: { ...where, state: 'HELD' },
      data: { state: 'SPENDING' },
    });
    if (changed.count === 1) return true;
    const row = await tx.monthReservation.findFirst({ where, select: { state: true } });
    return row?.state !== 'RELEASED';
  });
}

/**
 * The same where the ledger proves that the platform took nothing of it: what began to spend is free again too.
 * Without that proof it stays committed.
 */
export async function endUntaken(tx: Tx, ctx: ServiceContext, { holderId }: Held): Promise<void> {
  const begun = await tx.remoteEffect.findMany({
    where: { workspaceId: ctx.workspaceId, actionId: holderId },
    select: { key: true, state: true },
  });
  const open = await tx.effectAttempt.count({
    where: {
      workspaceId: ctx.workspaceId,
      effectKey: { in: begun.map(({ key }) => key) },
      OR: [{ outcome: null }, { outcome: { not: 'REJECTED' } }],
    },
  });
  if (open > 0 || begun.some(({ state }) => state === 'DONE')) return endReservation(tx, ctx, { holderId });
  await release(tx, ctx, holderId, ['HELD', 'SPENDING']);
}

/** The work is over without success: what may be spending stays committed, everything else is free again. */
export async function endReservation(tx: Tx, ctx: ServiceContext, held: Held): Promise<void> {
  if (!(await releaseReservation(tx, ctx, held))) await commitReservation(tx, ctx, held);
}

/** It came to nothing: its part of the month is free again, and a ceiling approved with it never comes into force. */
export async function releaseReservation(tx: Tx, ctx: ServiceContext, { holderId }: Held): Promise<boolean> {
  return release(tx, ctx, holderId, ['HELD']);
}

async function release(tx: Tx, ctx: ServiceContext, holderId: string, from: ('HELD' | 'SPENDING')[]): Promise<boolean> {
  const row = await take(tx, ctx, holderId, from, 'RELEASED');
  if (!row) return false;
  await tx.monthBudget.updateMany({
    where: { workspaceId: ctx.workspaceId, projectId: row.projectId, month: row.month },
    data: { reservedMinor: { decrement: row.amountMinor }, liftMinor: { decrement: row.liftMinor } },
  });
  return true;
}

async function take(
  tx: Tx,
  ctx: ServiceContext,
  holderId: string,
  from: ('HELD' | 'SPENDING')[],
  state: 'COMMITTED' | 'RELEASED',
) {
  const held = await tx.monthReservation.findFirst({ where: { workspaceId: ctx.workspaceId, holderId } });
  if (!held) return null;
  await lockProject(tx, ctx, held.projectId);
  const changed = await tx.monthReservation.updateMany({
    where: { workspaceId: ctx.workspaceId, holderId, state: { in: from } },
    data: { state },
  });
  return changed.count === 1 ? held : null;
}

async function liftCeiling(
  tx: Tx,
  ctx: ServiceContext,
  row: { projectId: string; month: string; ceilingMinor: bigint; approvalId: string | null },
): Promise<void> {
  const policy = await currentPolicy(tx, ctx, row.projectId);
  if (!policy || BigInt(policy.envelope.monthlyCeiling.minor) >= row.ceilingMinor || row.approvalId === null) return;
  const { currency } = policy.envelope.monthlyCeiling;
  await insertPolicyVersion(tx, ctx, {
    projectId: row.projectId,
    envelope: { ...policy.envelope, monthlyCeiling: { minor: row.ceilingMinor.toString(), currency } },
    approvalId: row.approvalId,
  });
}

const lowest = (a: bigint, b: bigint): bigint => (a < b ? a : b);
