import type { Tx } from '../../runtime/db';
import { insertPolicyVersion } from '../approvals/carry-out-policy';
import { type ServiceContext, transact } from '../context';
import { currentPolicy } from '../policy/current';
import { lockProject } from './lock';
import { fromStored, type Share, type StoredShare } from './share';

type Held = { holderId: string };
type Ended = Held & {
  /** The cap at the platform could not be brought down: it stands where it stood. */
  capStays?: boolean;
};

/**
 * The platform shows it: what was reserved is committed, the campaign's part of the month is what was planned at the
 * press, and a ceiling approved on the same card comes into force. Called twice it changes nothing.
 */
export async function commitReservation(
  tx: Tx,
  ctx: ServiceContext,
  { holderId, capStays = false }: Ended,
): Promise<boolean> {
  const row = await take(tx, ctx, holderId, ['HELD', 'SPENDING'], 'COMMITTED');
  if (!row) return false;
  const { projectId, campaignRecordId, month } = row;
  const of = { workspaceId: ctx.workspaceId, campaignRecordId, month };
  const before = await tx.monthShare.findFirst({ where: of });
  const own = before?.committedMinor ?? 0n;
  // Two changes may have been on their way: each adds what it reserved. A later one was reckoned on top of this one, so
  // that it says how the campaign stands, and nothing it rests on is given back.
  const later = await tx.monthReservation.count({
    where: { ...of, createdAt: { gt: row.createdAt }, state: { in: ['HELD', 'SPENDING', 'COMMITTED'] } },
  });
  const planned = fromStored(row.share as StoredShare);
  const share = before && later > 0 && (await isCommitted(tx, of, row.createdAt)) ? shareOnly(before) : planned;
  const kept = later > 0 ? own : lowest(own, planned.committedMinor);
  const committedMinor = row.amountMinor > 0n ? own + row.amountMinor : kept;
  const cap = capStays && before ? { capMinor: before.capMinor, lifetimeCapMinor: before.lifetimeCapMinor } : {};
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
    update: { ...share, ...cap, committedMinor },
  });
  if (row.ceilingMinor === null) return true;
  const lifts = !(await wasDecidedSince(tx, ctx, { projectId, month, since: row.createdAt }));
  if (lifts) await liftCeiling(tx, ctx, { ...row, ceilingMinor: row.ceilingMinor });
  const ceilingMinor = lifts ? row.ceilingMinor : 0n;
  await tx.$executeRaw`
    UPDATE "MonthBudget" SET "ceilingMinor" = GREATEST("ceilingMinor", ${ceilingMinor}), "liftMinor" = "liftMinor" - ${row.liftMinor}
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

/** The same where it is proven that nothing of it can be spent, also after calls began to leave. */
export async function dropReservation(tx: Tx, ctx: ServiceContext, { holderId }: Held): Promise<boolean> {
  return release(tx, ctx, holderId, ['HELD', 'SPENDING']);
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

/**
 * Whether the owner set another ceiling on the limits page while this was on its way, and everything promised fits it: then
 * that newer word holds.
 */
async function wasDecidedSince(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; month: string; since: Date },
): Promise<boolean> {
  const { projectId, month, since } = input;
  const policy = await currentPolicy(tx, ctx, projectId);
  if (!policy || policy.createdAt <= since || policy.approvalId === null) return false;
  const where = { workspaceId: ctx.workspaceId };
  const own = await tx.approval.count({ where: { ...where, id: policy.approvalId, kind: 'policy_change' } });
  if (own === 0) return false;
  const row = await tx.monthBudget.findFirst({ where: { ...where, projectId, month } });
  return row !== null && row.committedMinor + row.reservedMinor <= row.ceilingMinor;
}

type Of = { workspaceId: string; campaignRecordId: string; month: string };

async function isCommitted(tx: Tx, of: Of, since: Date): Promise<boolean> {
  return (await tx.monthReservation.count({ where: { ...of, createdAt: { gt: since }, state: 'COMMITTED' } })) > 0;
}

function shareOnly(row: Share): Share {
  const { committedMinor, baseMinor, dailyMinor, fromDay, untilDay, capMinor, lifetimeCapMinor } = row;
  return { committedMinor, baseMinor, dailyMinor, fromDay, untilDay, capMinor, lifetimeCapMinor };
}

const lowest = (a: bigint, b: bigint): bigint => (a < b ? a : b);
