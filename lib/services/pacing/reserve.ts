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
  const limit = highest(row.ceilingMinor, input.newCeiling ? BigInt(input.newCeiling.minor) : 0n);
  const promised = row.committedMinor + row.reservedMinor;
  await lockWorkspaceMonths(tx, ctx);
  const room = await roomInWorkspace(tx, ctx, { projectId, month: at.month, currency });
  // Two limits: the project's own, and what the workspace's leaves beside the other projects.
  const free = (room !== null && room < limit ? room : limit) - promised;
  if (leastMinor > ownMinor && leastMinor - ownMinor > free) throw tooMuch(free, leastMinor - ownMinor, currency);
  const share = input.shareWithin(ownMinor + highest(free, 0n));
  const amountMinor = highest(share.committedMinor - ownMinor, 0n);
  if (amountMinor > highest(free, 0n)) throw tooMuch(free, amountMinor, currency);
  await hold(tx, ctx, input, row, share, amountMinor);
  return share;
}

async function hold(
  tx: Tx,
  ctx: ServiceContext,
  input: Reserving,
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
      ...(clock ? { createdAt: clock.now } : {}),
    },
  });
  await tx.monthBudget.updateMany({
    where: { workspaceId: ctx.workspaceId, projectId: input.projectId, month: row.month },
    data: { reservedMinor: { increment: amountMinor }, liftMinor: { increment: liftMinor } },
  });
}

function tooMuch(free: bigint, needed: bigint, currency: string): AppError {
  const json = (minor: bigint) => moneyToJson(money(minor < 0n ? 0n : minor, currency));
  return new AppError('above_month_limit', { free: json(free), needed: json(needed) });
}

const highest = (a: bigint, b: bigint): bigint => (a > b ? a : b);
