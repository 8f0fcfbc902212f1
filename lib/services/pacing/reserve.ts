import { AppError } from '../../domain/errors';
import { type MoneyJson, money, moneyToJson } from '../../domain/money';
import type { Prisma, Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import type { AccountMonth } from './account-month';
import { type MonthRow, takeMonth } from './month';
import { type Share, toStored } from './share';
import { lockWorkspaceMonths, roomInWorkspace } from './workspace-room';

export type Reserving = {
  /** The deployment or action that will spend it. */
  holderId: string;
  projectId: string;
  campaignRecordId: string;
  at: AccountMonth;
  /** In force; for a first launch the plan's own. */
  ceiling: MoneyJson;
  /** Approved on the same card; in force once the platform took it. */
  newCeiling?: MoneyJson | null;
  approvalId: string | null;
  /** Its part of the month so far; 0 for a launch. */
  ownMinor: bigint;
  /** The least its part must grow to, or it does not fit. */
  leastMinor: bigint;
  /** What its part looks like, given the most it may be. */
  shareWithin(mostMinor: bigint): Share;
};

/**
 * Takes a part of the account month for something that was approved and is on its way. One row per project and month is
 * held meanwhile, so that two presses at once never share a cent.
 * @throws AppError above_month_limit with `free` and `needed` when it does not fit
 */
export async function reserveMonth(tx: Tx, ctx: ServiceContext, input: Reserving): Promise<Share> {
  const { projectId, at, ceiling, ownMinor, leastMinor } = input;
  const { currency } = ceiling;
  const row = await takeMonth(tx, ctx, { projectId, at, ceiling: { minor: BigInt(ceiling.minor), currency } });
  // Numbers of two currencies are never compared.
  if (row.currency !== currency || (input.newCeiling && input.newCeiling.currency !== currency))
    throw new AppError('above_month_limit', { reason: 'other currency' });
  await refuseDuringMove(tx, ctx, input.campaignRecordId);
  const limit = highest(row.ceilingMinor, input.newCeiling ? BigInt(input.newCeiling.minor) : 0n);
  const free = await freeOf(tx, ctx, { projectId, row, limit, currency });
  if (leastMinor > ownMinor && leastMinor - ownMinor > free) throw tooMuch(free, leastMinor - ownMinor, currency);
  const share = input.shareWithin(ownMinor + highest(free, 0n));
  const amountMinor = highest(share.committedMinor - ownMinor, 0n);
  if (amountMinor > highest(free, 0n)) throw tooMuch(free, amountMinor, currency);
  await hold(tx, ctx, input, row, share, amountMinor);
  return share;
}

/** What is free of a month within two limits: the project's own, and what the workspace's leaves beside the other projects. */
export async function freeOf(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; row: MonthRow; limit: bigint; currency: string },
): Promise<bigint> {
  const { projectId, row, limit, currency } = input;
  await lockWorkspaceMonths(tx, ctx);
  const room = await roomInWorkspace(tx, ctx, { projectId, month: row.month, currency });
  return (room !== null && room < limit ? room : limit) - row.committedMinor - row.reservedMinor;
}

/** Whether money is moving between this campaign and another one right now. */
export async function isMoving(tx: Tx, ctx: ServiceContext, campaignRecordId: string): Promise<boolean> {
  const moving = await tx.monthReservation.count({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId,
      moveId: { not: null },
      state: { in: ['HELD', 'SPENDING'] },
    },
  });
  return moving > 0;
}

/** What a move takes from one campaign and gives to another rests on both as they are: nothing is reckoned on top of it. */
async function refuseDuringMove(tx: Tx, ctx: ServiceContext, campaignRecordId: string): Promise<void> {
  if (await isMoving(tx, ctx, campaignRecordId))
    throw new AppError('conflict', { campaign: campaignRecordId, reason: 'money is moving' });
}

type Holding = Pick<Reserving, 'holderId' | 'projectId' | 'campaignRecordId' | 'newCeiling' | 'approvalId'> & {
  moveId?: string;
  transferMinor?: bigint;
};

/** Writes a part of the month down as held. The caller made sure that it fits. */
export async function hold(
  tx: Tx,
  ctx: ServiceContext,
  input: Holding,
  row: MonthRow,
  share: Share,
  amountMinor: bigint,
): Promise<void> {
  const liftMinor =
    amountMinor === 0n ? 0n : highest(row.committedMinor + row.reservedMinor + amountMinor - row.ceilingMinor, 0n);
  const newCeiling = input.newCeiling ? BigInt(input.newCeiling.minor) : null;
  // The moment it was taken, not the one this transaction began to wait at: later ones rest on it.
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AT TIME ZONE 'utc' AS now`;
  await tx.monthReservation.create({
    data: {
      holderId: input.holderId,
      workspaceId: ctx.workspaceId,
      projectId: input.projectId,
      campaignRecordId: input.campaignRecordId,
      month: row.month,
      amountMinor,
      liftMinor,
      ceilingMinor: newCeiling !== null && newCeiling > row.ceilingMinor ? newCeiling : null,
      approvalId: input.approvalId,
      share: toStored(share) as Prisma.InputJsonValue,
      ...(input.moveId === undefined ? {} : { moveId: input.moveId, transferMinor: input.transferMinor ?? 0n }),
      ...(clock ? { createdAt: clock.now } : {}),
    },
  });
  await tx.monthBudget.updateMany({
    where: { workspaceId: ctx.workspaceId, projectId: input.projectId, month: row.month },
    data: { reservedMinor: { increment: amountMinor }, liftMinor: { increment: liftMinor } },
  });
}

export function tooMuch(free: bigint, needed: bigint, currency: string): AppError {
  const json = (minor: bigint) => moneyToJson(money(minor < 0n ? 0n : minor, currency));
  return new AppError('above_month_limit', { free: json(free), needed: json(needed) });
}

const highest = (a: bigint, b: bigint): bigint => (a > b ? a : b);
