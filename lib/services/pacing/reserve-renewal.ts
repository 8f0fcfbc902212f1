import { mostSpend } from '../../domain/pacing';
import { addDays, dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { currentPolicy } from '../policy/current';
import { type AccountMonth, monthOfDay } from './account-month';
import { takeMonth } from './month';
import { reserveMonth } from './reserve';
import { type CampaignMoney, shareNow } from './reserve-change';
import type { Share } from './share';
import { shareAfter, within } from './share-after';
import { spentBehind } from './spent-behind';

/** Days before its end that an end date is moved on. */
const AHEAD_DAYS = 3;

type Renewal = { at: AccountMonth; share: Share; ownMinor: bigint };

/**
 * Whether a campaign's guard at the platform is due: a cap once per month, when the month has begun; an end date shortly
 * before it comes. Null: nothing to do, or the campaign never had a guard of ours.
 */
export async function dueRenewal(tx: Tx, ctx: ServiceContext, campaign: CampaignMoney): Promise<Renewal | null> {
  const now = monthOfDay(dayIn(campaign.timezone, await workspaceNow(ctx, tx)));
  const where = { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id };
  const guarded = await tx.monthReservation.findFirst({
    where: { ...where, state: 'COMMITTED' },
    orderBy: { month: 'desc' },
    select: { month: true },
  });
  const last = await tx.monthShare.findFirst({ where, orderBy: { month: 'desc' } });
  if (!guarded || !last) return null;
  const byCap = last.capMinor !== null;
  if (byCap && guarded.month >= now.month) return null;
  if (!byCap && last.untilDay > addDays(now.today, AHEAD_DAYS)) return null;
  const inNext = !byCap && last.untilDay >= now.end;
  const at = inNext ? monthOfDay(now.end) : now;
  const policy = await currentPolicy(tx, ctx, campaign.projectId);
  const ceiling = policy?.envelope.monthlyCeiling ?? campaign.ceiling;
  const money = { minor: BigInt(ceiling.minor), currency: ceiling.currency };
  await takeMonth(tx, ctx, { projectId: campaign.projectId, at, ceiling: money });
  return { at, ...(await shareNow(tx, ctx, campaign, at)) };
}

/**
 * Takes the campaign's part of the month for its renewed guard: all its daily budgets may cost, within what is free and in
 * proportion to the other campaigns that still wait for theirs. False where nothing would change.
 */
export async function reserveRenewal(
  tx: Tx,
  ctx: ServiceContext,
  input: { actionId: string; campaign: CampaignMoney; due: Renewal },
): Promise<boolean> {
  const { campaign, due } = input;
  const { at, share, ownMinor } = due;
  const policy = await currentPolicy(tx, ctx, campaign.projectId);
  const waitingMinor = await dailyStillWaiting(tx, ctx, campaign, at.month);
  const behind = await spentBehind(tx, ctx, { campaign, at });
  // Whole months ahead: the guard itself ends where the old one did, the daily budgets go on to the month's end.
  const open: Share = { ...share, untilDay: at.end };
  const goingOn = shareAfter({ share: open, at, raisedMinor: 0n, dailyMinor: share.dailyMinor, behind });
  const after = at.today === `${at.month}-01` ? fromItsFirstDay(open, at) : goingOn;
  const granted = await reserveMonth(tx, ctx, {
    holderId: input.actionId,
    projectId: campaign.projectId,
    campaignRecordId: campaign.id,
    at,
    ceiling: policy?.envelope.monthlyCeiling ?? campaign.ceiling,
    approvalId: null,
    ownMinor,
    leastMinor: 0n,
    shareWithin: (mostMinor) => {
      const free = mostMinor - ownMinor;
      const fair = waitingMinor > 0n ? (free * share.dailyMinor) / waitingMinor : free;
      return within(after, open, ownMinor + (fair < free ? fair : free));
    },
  });
  return granted.untilDay !== share.untilDay || granted.lifetimeCapMinor !== share.lifetimeCapMinor;
}

function fromItsFirstDay(share: Share, at: AccountMonth): Share {
  return {
    ...share,
    baseMinor: 0n,
    fromDay: at.today,
    committedMinor: mostSpend(share.dailyMinor, at.daysLeft),
  };
}

/** Daily budgets of the project's campaigns whose part of this month is not renewed yet, this one among them. */
async function dailyStillWaiting(tx: Tx, ctx: ServiceContext, campaign: CampaignMoney, month: string): Promise<bigint> {
  const scope = { workspaceId: ctx.workspaceId, projectId: campaign.projectId, month };
  const done = await tx.monthReservation.findMany({
    where: { ...scope, state: { in: ['HELD', 'SPENDING', 'COMMITTED'] } },
    select: { campaignRecordId: true },
  });
  const waiting = await tx.monthShare.findMany({
    where: { ...scope, campaignRecordId: { notIn: done.map((row) => row.campaignRecordId) } },
    select: { dailyMinor: true },
  });
  return waiting.reduce((sum, row) => sum + row.dailyMinor, 0n);
}
