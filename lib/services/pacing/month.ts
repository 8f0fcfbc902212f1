import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { mostSpend } from '../../domain/pacing';
import type { Plan } from '../../domain/plan';
import { daysBetween } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { currentPolicy } from '../policy/current';
import { type AccountMonth, accountMonth, accountZone, monthOfDay, spentBetween } from './account-month';
import { isAtRest } from './at-rest';
import { lockProject } from './lock';
import { recount } from './recount';
import { fromStored, type StoredShare } from './share';
import { aboveWorkspace } from './workspace-room';

/** Not running yet; one that failed may run all the same where its last answer was lost. */
const STARTING: readonly string[] = ['APPROVED', 'DEPLOYING', 'DEPLOY_FAILED'];

export type MonthRow = {
  month: string;
  currency: string;
  ceilingMinor: bigint;
  committedMinor: bigint;
  reservedMinor: bigint;
  liftMinor: bigint;
};

/**
 * The month as it stands, without taking it; null where nothing was launched yet. `spentMinor` counts today as far as known;
 * `carried` is what campaigns of earlier months may still cost in a month that nobody opened yet.
 */
export async function readMonth(
  tx: Tx,
  ctx: ServiceContext,
  projectId: string,
): Promise<(MonthRow & { spentMinor: bigint; carried: Map<string, bigint> }) | null> {
  const zone = await accountZone(tx, ctx, projectId);
  if (!zone) return null;
  const at = await accountMonth(tx, ctx, zone);
  const row = await tx.monthBudget.findFirst({ where: { workspaceId: ctx.workspaceId, projectId, month: at.month } });
  const policy = await currentPolicy(tx, ctx, projectId);
  if (!row && !policy) return null;
  const ceiling = policy?.envelope.monthlyCeiling;
  const spentMinor = await spentBetween(tx, ctx, { projectId, since: `${at.month}-01`, before: at.end });
  if (row) return { ...row, spentMinor, carried: new Map() };
  const carried = await carriedOver(tx, ctx, projectId, at);
  const committedMinor = carried.reduce((sum, share) => sum + share.committedMinor, 0n);
  return {
    month: at.month,
    currency: ceiling?.currency ?? '',
    ceilingMinor: BigInt(ceiling?.minor ?? 0),
    committedMinor,
    reservedMinor: 0n,
    liftMinor: 0n,
    spentMinor,
    carried: new Map(carried.map((share) => [share.campaignRecordId, share.committedMinor])),
  };
}

/**
 * Takes the month's row: whoever else wants a part of it waits until this transaction is over. The first to ask opens the
 * month with what still runs from before; everybody finds it counted by what the platform last showed.
 */
export async function takeMonth(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; at: AccountMonth; ceiling: { minor: bigint; currency: string } },
): Promise<MonthRow> {
  const { projectId, at, ceiling } = input;
  await lockProject(tx, ctx, projectId);
  const opened = await tx.$executeRaw`
    INSERT INTO "MonthBudget" ("workspaceId", "projectId", "month", "currency", "ceilingMinor")
    VALUES (${ctx.workspaceId}, ${projectId}, ${at.month}, ${ceiling.currency}, ${ceiling.minor})
    ON CONFLICT ("projectId", "month") DO NOTHING`;
  if (opened === 1)
    await bringOver(tx, ctx, { projectId, at, ceilingMinor: ceiling.minor, currency: ceiling.currency });
  await recount(tx, ctx, { projectId, at });
  const [row] = await tx.$queryRaw<MonthRow[]>`
    SELECT "month", "currency", "ceilingMinor", "committedMinor", "reservedMinor", "liftMinor" FROM "MonthBudget"
    WHERE "workspaceId" = ${ctx.workspaceId} AND "projectId" = ${projectId} AND "month" = ${at.month} FOR UPDATE`;
  if (!row) throw new Error('the month was not opened');
  return row;
}

type Carried = {
  campaignRecordId: string;
  committedMinor: bigint;
  baseMinor: bigint;
  dailyMinor: bigint;
  fromDay: string;
  untilDay: string;
  capMinor: bigint | null;
  lifetimeCapMinor: bigint | null;
};

async function bringOver(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; at: AccountMonth; ceilingMinor: bigint; currency: string },
): Promise<void> {
  const { projectId, at, ceilingMinor } = input;
  const shares = await carriedOver(tx, ctx, projectId, at);
  if (shares.length === 0) return;
  await tx.monthShare.createMany({
    data: shares.map((share) => ({ ...share, workspaceId: ctx.workspaceId, projectId, month: at.month })),
    skipDuplicates: true,
  });
  const committedMinor = shares.reduce((sum, share) => sum + share.committedMinor, 0n);
  // What runs is counted whether it fits or not; nothing new fits until it does.
  const liftMinor = committedMinor > ceilingMinor ? committedMinor - ceilingMinor : 0n;
  const of = { projectId, month: at.month, currency: input.currency, promisedMinor: committedMinor };
  const workspaceLiftMinor = await aboveWorkspace(tx, ctx, of);
  await tx.monthBudget.updateMany({
    where: { workspaceId: ctx.workspaceId, projectId, month: at.month },
    data: { committedMinor, liftMinor, workspaceLiftMinor },
  });
}

/** What campaigns of earlier months may still spend in this one, before anything is renewed. */
async function carriedOver(tx: Tx, ctx: ServiceContext, projectId: string, at: AccountMonth): Promise<Carried[]> {
  const campaigns = await tx.campaignRecord.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, status: { in: [...WATCHED_STATUSES, ...STARTING] } },
    include: {
      monthShares: { where: { month: { lt: at.month } }, orderBy: { month: 'desc' }, take: 1 },
      remoteObjects: { where: { level: 'campaign' }, select: { level: true, status: true } },
    },
  });
  const held = await tx.monthReservation.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, state: { in: ['HELD', 'SPENDING'] }, month: { lt: at.month } },
    // Each is reckoned on top of the one before: the newest tells how the campaign will stand.
    orderBy: { createdAt: 'desc' },
    select: { campaignRecordId: true, share: true },
  });
  const monthStart = `${at.month}-01`;
  const carried: Carried[] = [];
  for (const campaign of campaigns) {
    const onItsWay = held.find((row) => row.campaignRecordId === campaign.id)?.share as StoredShare | undefined;
    const last = onItsWay ? fromStored(onItsWay) : campaign.monthShares[0];
    // Running since before months were kept: nothing at the platform bounds it but its daily budgets.
    if (!last) {
      const plan = campaign.structure as Plan | null;
      if (!plan || STARTING.includes(campaign.status)) continue;
      const dailyMinor = isAtRest(campaign)
        ? 0n
        : plan.adSets.reduce((sum, adSet) => sum + BigInt(adSet.dailyBudget.minor), 0n);
      const where = { campaignRecordId: campaign.id, since: monthStart, before: at.today };
      const baseMinor = await spentBetween(tx, ctx, where);
      carried.push({
        campaignRecordId: campaign.id,
        committedMinor: baseMinor + mostSpend(dailyMinor, at.daysLeft),
        baseMinor,
        dailyMinor,
        fromDay: at.today,
        untilDay: at.end,
        capMinor: null,
        lifetimeCapMinor: null,
      });
      continue;
    }
    const untilDay = last.untilDay < at.end ? last.untilDay : at.end;
    const days = Math.max(0, daysBetween(monthStart, last.capMinor === null ? untilDay : at.end));
    // What is paused spends nothing in a month that begins: it asks for its part when it is switched on.
    const dailyMinor = isAtRest(campaign) && !onItsWay ? 0n : last.dailyMinor;
    const atMost = mostSpend(dailyMinor, days);
    const left = last.capMinor === null ? null : await capLeft(tx, ctx, campaign.id, last.capMinor, last.fromDay);
    carried.push({
      campaignRecordId: campaign.id,
      committedMinor: left !== null && left < atMost ? left : atMost,
      baseMinor: 0n,
      dailyMinor,
      fromDay: monthStart,
      untilDay: last.capMinor === null ? untilDay : at.end,
      capMinor: left,
      lifetimeCapMinor: last.lifetimeCapMinor,
    });
  }
  return carried;
}

/** What last month's cap still lets through. Numbers that come late make it look like more, never like less. */
async function capLeft(
  tx: Tx,
  ctx: ServiceContext,
  campaignRecordId: string,
  capMinor: bigint,
  day: string,
): Promise<bigint> {
  const { month, end } = monthOfDay(day);
  const spent = await spentBetween(tx, ctx, { campaignRecordId, since: `${month}-01`, before: end });
  return capMinor > spent ? capMinor - spent : 0n;
}
