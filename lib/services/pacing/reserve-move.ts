import { AppError } from '../../domain/errors';
import { exposureOf } from '../../domain/pacing';
import { dayIn, daysBetween } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { currentPolicy } from '../policy/current';
import { type AccountMonth, monthOfDay, spentBetween } from './account-month';
import { minCapOf } from './min-cap';
import { takeMonth } from './month';
import { freeOf, hold, tooMuch } from './reserve';
import { type CampaignMoney, shareNow } from './reserve-change';
import type { Share } from './share';
import { lowered, shareAfter, within } from './share-after';
import { spentBehind } from './spent-behind';

export type MoveMoney = {
  actionId: string;
  giver: CampaignMoney;
  taker: CampaignMoney;
  /** What goes over, minor units a day. */
  movedMinor: bigint;
  approvalId: string | null;
};

/** Who holds the part of the month of the side that goes up; the side that goes down is held by the action itself. */
export function takerHolder(actionId: string): string {
  return `${actionId}:taker`;
}

/**
 * The part of the month of a move between two campaigns, before anything is written. What the one side will give up stays
 * promised to it until both are done and passes over to the other then, so that nobody can take it meanwhile and the sum
 * stays as it is; only what the taker needs beyond that is taken from what is free. Held once per action.
 * @throws AppError above_month_limit, conflict while anything else of either campaign is on its way
 */
export async function reserveMove(tx: Tx, ctx: ServiceContext, input: MoveMoney): Promise<void> {
  const { actionId, giver, taker, movedMinor, approvalId } = input;
  const { projectId } = giver;
  const held = await tx.monthReservation.findFirst({
    where: { workspaceId: ctx.workspaceId, holderId: actionId },
    select: { state: true },
  });
  if (held) return;
  await refuseOthers(tx, ctx, [giver.id, taker.id]);
  const at = monthOfDay(dayIn(giver.timezone, await workspaceNow(ctx, tx)));
  const policy = await currentPolicy(tx, ctx, projectId);
  const ceiling = policy?.envelope.monthlyCeiling ?? giver.ceiling;
  const { currency } = ceiling;
  const row = await takeMonth(tx, ctx, { projectId, at, ceiling: { minor: BigInt(ceiling.minor), currency } });
  if (row.currency !== currency) throw new AppError('above_month_limit', { reason: 'other currency' });
  const free = highest(await freeOf(tx, ctx, { projectId, row, limit: row.ceilingMinor, currency }), 0n);
  const down = await sideOf(tx, ctx, giver, at);
  const up = await sideOf(tx, ctx, taker, at);
  const least = up.atRest ? 0n : await leastOf(tx, ctx, taker, at, up.share.dailyMinor + movedMinor);
  const given = await giveUp(tx, ctx, { giver, at, side: down, movedMinor, missing: least - up.ownMinor - free });
  const gainMinor = highest(down.ownMinor - given.committedMinor, 0n);
  if (least > up.ownMinor + free + gainMinor) throw tooMuch(free + gainMinor, least - up.ownMinor, currency);
  const taken = up.atRest
    ? up.share
    : within(
        shareAfter({
          share: up.share,
          at,
          raisedMinor: movedMinor,
          dailyMinor: up.share.dailyMinor + movedMinor,
          behind: await spentBehind(tx, ctx, { campaign: taker, at }),
        }),
        up.share,
        up.ownMinor + free + gainMinor,
      );
  const needMinor = highest(taken.committedMinor - up.ownMinor, 0n);
  const transferMinor = needMinor < gainMinor ? needMinor : gainMinor;
  if (needMinor - transferMinor > free) throw tooMuch(free, needMinor - transferMinor, currency);
  const common = { projectId, approvalId, moveId: actionId };
  await hold(tx, ctx, { ...common, holderId: actionId, campaignRecordId: giver.id }, row, given, 0n);
  await hold(
    tx,
    ctx,
    { ...common, holderId: takerHolder(actionId), campaignRecordId: taker.id, transferMinor },
    row,
    taken,
    needMinor - transferMinor,
  );
}

/** Each side is reckoned on the campaign as it stands: nothing else of it may be on its way. */
async function refuseOthers(tx: Tx, ctx: ServiceContext, campaignIds: string[]): Promise<void> {
  const others = await tx.monthReservation.count({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: { in: campaignIds },
      state: { in: ['HELD', 'SPENDING'] },
    },
  });
  if (others > 0) throw new AppError('conflict', { reason: 'another change is on its way' });
}

type Side = { share: Share; ownMinor: bigint; atRest: boolean };

async function sideOf(tx: Tx, ctx: ServiceContext, campaign: CampaignMoney, at: AccountMonth): Promise<Side> {
  const { share, ownMinor } = await shareNow(tx, ctx, campaign, at);
  // At rest it spends nothing, whatever its budgets say: what they are is asked for when it is switched on.
  return { share, ownMinor, atRest: share.dailyMinor === 0n && campaign.runningMinor > 0n };
}

/** What a campaign's part of the month must be at least, or its ads would stop before the month is over. */
async function leastOf(
  tx: Tx,
  ctx: ServiceContext,
  campaign: CampaignMoney,
  at: AccountMonth,
  dailyMinor: bigint,
): Promise<bigint> {
  const spent = await spentBetween(tx, ctx, {
    campaignRecordId: campaign.id,
    since: `${at.month}-01`,
    before: at.end,
  });
  return spent + dailyMinor * BigInt(at.daysLeft);
}

type GivingUp = { giver: CampaignMoney; at: AccountMonth; side: Side; movedMinor: bigint; missing: bigint };

/**
 * The giver's part with less a day. Where its cap and not its days bounds it, less a day frees nothing by itself: then the
 * cap comes down by what the other side lacks, never below what its own days still need.
 */
async function giveUp(tx: Tx, ctx: ServiceContext, input: GivingUp): Promise<Share> {
  const { giver, at, side, movedMinor, missing } = input;
  const { share, ownMinor } = side;
  if (side.atRest) return share;
  const dailyMinor = highest(share.dailyMinor - movedMinor, 0n);
  const behind = await spentBehind(tx, ctx, { campaign: giver, at });
  const minCapMinor = await minCapOf(tx, ctx, giver.projectId);
  const after = shareAfter({ share, at, raisedMinor: 0n, dailyMinor, behind });
  const byDays = lowered(after, share, ownMinor, minCapMinor);
  const lacks = missing - highest(ownMinor - byDays.committedMinor, 0n);
  if (lacks <= 0n || share.capMinor === null) return byDays;
  const least = await leastOf(tx, ctx, giver, at, dailyMinor);
  const committedMinor = highest(byDays.committedMinor - lacks, least);
  const byCap = lowered({ ...after, committedMinor }, share, ownMinor, minCapMinor);
  return byCap.capMinor === committedMinor ? byCap : byDays;
}

/**
 * Whether a part of a month is bounded by its cap alone: its days could cost more than is promised, so that the platform must
 * really hold the cap before anybody else may have the rest.
 */
export function hangsOnCap(share: Share, monthEnd: string): boolean {
  if (share.capMinor === null) return false;
  const daysLeft = Math.max(0, daysBetween(share.fromDay, monthEnd));
  return exposureOf({ baseMinor: share.baseMinor, dailyMinor: share.dailyMinor, daysLeft }) > share.committedMinor;
}

const highest = (a: bigint, b: bigint): bigint => (a > b ? a : b);
