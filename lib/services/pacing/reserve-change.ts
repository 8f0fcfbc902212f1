import type { CampaignAction } from '../../domain/action';
import type { MoneyJson } from '../../domain/money';
import { SHORTEST_RUN_DAYS } from '../../domain/month-guard';
import { daysThatFit, exposureAfter, exposureOf, mostSpend } from '../../domain/pacing';
import { addDays, dayIn, daysBetween } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { currentPolicy } from '../policy/current';
import { type AccountMonth, monthOfDay, spentBetween } from './account-month';
import { fromStored, type Share, type StoredShare, takeMonth } from './month';
import { reserveMonth } from './reserve';

type BudgetAction = Extract<CampaignAction, { kind: 'set_ad_set_budget' | 'shift_budget' }>;
type Changing = {
  actionId: string;
  action: BudgetAction;
  campaign: { id: string; projectId: string; timezone: string; runningMinor: bigint; ceiling: MoneyJson };
  approvalId: string | null;
};

/**
 * A change of daily budgets takes what the month may cost more because of it, before anything is written: at the press on
 * a card, else in the gate. Held once per action, however often it is asked. What only lowers always fits.
 * @throws AppError above_month_limit
 */
export async function reserveChange(tx: Tx, ctx: ServiceContext, input: Changing): Promise<void> {
  const { action, campaign } = input;
  const held = await tx.monthReservation.findFirst({
    where: { workspaceId: ctx.workspaceId, holderId: input.actionId },
    select: { state: true },
  });
  if (held) return;
  const at = monthOfDay(dayIn(campaign.timezone, await workspaceNow(ctx, tx)));
  const policy = await currentPolicy(tx, ctx, campaign.projectId);
  const ceiling = policy?.envelope.monthlyCeiling ?? campaign.ceiling;
  const money = { minor: BigInt(ceiling.minor), currency: ceiling.currency };
  await takeMonth(tx, ctx, { projectId: campaign.projectId, at, ceiling: money });
  const { share: known, ownMinor } = await shareNow(tx, ctx, campaign, at);
  // Somebody may have raised a budget at the platform: the change is counted from what runs, not from what was planned.
  const dearer = campaign.runningMinor > known.dailyMinor;
  const share = dearer ? { ...known, dailyMinor: campaign.runningMinor } : known;
  const moves = action.kind === 'shift_budget' ? action.moves : [action];
  const changes = moves.map((move) => BigInt(move.to.minor) - BigInt(move.from.minor));
  const raisedMinor = changes.reduce((sum, change) => (change > 0n ? sum + change : sum), 0n);
  const dailyMinor = share.dailyMinor + changes.reduce((sum, change) => sum + change, 0n);
  const spent = { campaignRecordId: campaign.id, since: `${at.month}-01`, before: at.end };
  const leastMinor = raisedMinor === 0n ? 0n : (await spentBetween(tx, ctx, spent)) + dailyMinor * BigInt(at.daysLeft);
  const behind = await spentForSure(tx, ctx, { campaign, at });
  const after = shareAfter({ share, at, raisedMinor, dailyMinor, spentBehindMinor: behind });
  await reserveMonth(tx, ctx, {
    holderId: input.actionId,
    projectId: campaign.projectId,
    campaignRecordId: campaign.id,
    at,
    ceiling,
    newCeiling: action.kind === 'set_ad_set_budget' ? (action.newMonthlyCeiling ?? null) : null,
    approvalId: input.approvalId,
    ownMinor,
    leastMinor,
    shareWithin: (mostMinor) => (raisedMinor === 0n ? atMost(after, ownMinor) : within(after, share, mostMinor)),
  });
}

/** The campaign's part as it will be when everything on its way is done; a campaign from before months were kept has none. */
export async function shareNow(
  tx: Tx,
  ctx: ServiceContext,
  campaign: Changing['campaign'],
  at: AccountMonth,
): Promise<{ share: Share; ownMinor: bigint }> {
  const where = { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, month: at.month };
  const stands = await tx.monthShare.findFirst({ where });
  const onTheirWay = await tx.monthReservation.findMany({
    where: { ...where, state: { in: ['HELD', 'SPENDING'] } },
    orderBy: { createdAt: 'asc' },
  });
  const held = onTheirWay.reduce((sum, row) => sum + row.amountMinor, 0n);
  const ownMinor = (stands?.committedMinor ?? 0n) + held;
  const newest = onTheirWay.at(-1);
  if (newest) return { share: fromStored(newest.share as StoredShare), ownMinor };
  if (stands) return { share: stands, ownMinor };
  const spent = await spentBetween(tx, ctx, {
    campaignRecordId: campaign.id,
    since: `${at.month}-01`,
    before: at.today,
  });
  const share = {
    committedMinor: 0n,
    baseMinor: spent,
    dailyMinor: campaign.runningMinor,
    fromDay: at.today,
    untilDay: at.end,
    capMinor: null,
    lifetimeCapMinor: null,
  };
  return { share, ownMinor };
}

/** What the days before today cost, where numbers of today already came in: those of yesterday are whole then. */
export async function spentForSure(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaign: Changing['campaign']; at: AccountMonth },
): Promise<bigint | null> {
  const { campaign, at } = input;
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaign.projectId },
    select: { adAccountId: true },
  });
  const newest = await tx.monitorRun.findFirst({
    where: { workspaceId: ctx.workspaceId, adAccountId: project?.adAccountId ?? '', state: 'DONE' },
    orderBy: { slot: 'desc' },
    select: { slot: true },
  });
  if (!newest || dayIn(campaign.timezone, newest.slot) < at.today) return null;
  return spentBetween(tx, ctx, { campaignRecordId: campaign.id, since: `${at.month}-01`, before: at.today });
}

type After = {
  share: Share;
  at: AccountMonth;
  raisedMinor: bigint;
  dailyMinor: bigint;
  spentBehindMinor: bigint | null;
};

/** The part after the change, were there no limit: what is behind, today with the larger budgets, and the days after it. */
export function shareAfter({ share, at, raisedMinor, dailyMinor, spentBehindMinor }: After): Share {
  const end = share.capMinor !== null || share.untilDay > at.end ? at.end : share.untilDay;
  // Changed once today already: what goes up now comes on top of it.
  if (share.fromDay > at.today) {
    const baseMinor = share.baseMinor + mostSpend(raisedMinor, 1);
    const daysLeft = Math.max(0, daysBetween(share.fromDay, end));
    return { ...share, baseMinor, dailyMinor, committedMinor: exposureOf({ baseMinor, dailyMinor, daysLeft }) };
  }
  const after = exposureAfter({
    before: { baseMinor: share.baseMinor, dailyMinor: share.dailyMinor, daysLeft: daysBetween(share.fromDay, end) },
    daysBehind: daysBetween(share.fromDay, at.today),
    spentBehindMinor,
    raisedMinor,
    dailyMinor,
  });
  return {
    ...share,
    baseMinor: after.baseMinor,
    dailyMinor,
    fromDay: addDays(at.today, 1),
    committedMinor: exposureOf(after),
  };
}

/** Less a day never asks for more of the month, however carefully broken weeks are counted. */
function atMost(after: Share, ownMinor: bigint): Share {
  return { ...after, committedMinor: after.committedMinor < ownMinor ? after.committedMinor : ownMinor };
}

/** The same within a limit: the cap follows what was granted, an end date comes nearer where the days no longer fit. */
export function within(after: Share, before: Share, mostMinor: bigint): Share {
  const committedMinor = after.committedMinor < mostMinor ? after.committedMinor : mostMinor;
  if (before.capMinor !== null) {
    const capMinor = committedMinor > before.capMinor ? committedMinor : before.capMinor;
    const lifetimeCapMinor = (before.lifetimeCapMinor ?? before.capMinor) + capMinor - before.capMinor;
    return { ...after, committedMinor, capMinor, lifetimeCapMinor };
  }
  if (committedMinor === after.committedMinor) return after;
  const days = daysBetween(after.fromDay, after.untilDay);
  const fitting = Math.max(daysThatFit(after.dailyMinor, days, mostMinor - after.baseMinor), SHORTEST_RUN_DAYS);
  return {
    ...after,
    untilDay: addDays(after.fromDay, fitting),
    committedMinor: after.baseMinor + mostSpend(after.dailyMinor, fitting),
  };
}
