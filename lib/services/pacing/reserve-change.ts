import { type CampaignAction, movesOf } from '../../domain/action';
import type { MoneyJson } from '../../domain/money';
import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { currentPolicy } from '../policy/current';
import { type AccountMonth, monthOfDay, spentBetween } from './account-month';
import { minCapOf } from './min-cap';
import { takeMonth } from './month';
import { reserveMonth } from './reserve';
import { fromStored, type Share, type StoredShare } from './share';
import { lowered, shareAfter, switchedOn, within } from './share-after';
import { spentBehind } from './spent-behind';

/** Actions after which a campaign may cost more of the month than before. */
export type MoneyAction = Extract<
  CampaignAction,
  { kind: 'set_ad_set_budget' | 'shift_budget' | 'resume_campaign' | 'start_test' | 'end_test' }
>;
export type CampaignMoney = {
  id: string;
  projectId: string;
  timezone: string;
  /** Daily budgets of the ad sets that are on, as last seen at the platform, minor units. */
  runningMinor: bigint;
  ceiling: MoneyJson;
};
type Changing = {
  actionId: string;
  action: MoneyAction;
  campaign: CampaignMoney;
  approvalId: string | null;
};

/** A move between two campaigns takes its part of both (reserve-move). */
export function takesMoney(action: CampaignAction): action is MoneyAction {
  if (action.kind === 'shift_campaigns') return false;
  return action.kind === 'resume_campaign' || movesOf(action).length > 0;
}

/**
 * A change of daily budgets, or a paused campaign switched on again, takes what the month may cost more because of it,
 * before anything is written: at the press on a card, else in the gate. Held once per action, however often it is asked.
 * What only lowers always fits.
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
  await takeMonth(tx, ctx, {
    projectId: campaign.projectId,
    at,
    ceiling: { minor: BigInt(ceiling.minor), currency: ceiling.currency },
  });
  const { share: known, ownMinor } = await shareNow(tx, ctx, campaign, at);
  const behind = await spentBehind(tx, ctx, { campaign, at });
  const asked = await asksFor(tx, ctx, { action, campaign, share: known, monthEnd: at.end });
  const { share, raisedMinor, dailyMinor } = asked;
  const spent = { campaignRecordId: campaign.id, since: `${at.month}-01`, before: at.end };
  const leastMinor = raisedMinor === 0n ? 0n : (await spentBetween(tx, ctx, spent)) + dailyMinor * BigInt(at.daysLeft);
  const after = shareAfter({ share, at, raisedMinor, dailyMinor, behind });
  const minCapMinor = await minCapOf(tx, ctx, campaign.projectId);
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
    shareWithin: (mostMinor) => {
      if (raisedMinor === 0n) return lowered(after, share, ownMinor, minCapMinor);
      return asked.fromRest ? switchedOn(after, share, mostMinor, minCapMinor) : within(after, share, mostMinor);
    },
  });
}

type Asked = { share: Share; raisedMinor: bigint; dailyMinor: bigint; fromRest: boolean };

async function asksFor(
  tx: Tx,
  ctx: ServiceContext,
  input: { action: MoneyAction; campaign: CampaignMoney; share: Share; monthEnd: string },
): Promise<Asked> {
  const { action, campaign, share, monthEnd } = input;
  if (action.kind === 'resume_campaign') {
    // Raised while it rested, and not written yet: nobody else counts that.
    const dailyMinor = campaign.runningMinor + (await raisesUnderWay(tx, ctx, campaign.id));
    const more = dailyMinor - share.dailyMinor;
    // An end that came while it rested is moved on, as far as the month has room.
    const open = share.capMinor === null ? { ...share, untilDay: monthEnd } : share;
    if (more <= 0n) return { share, raisedMinor: 0n, dailyMinor: share.dailyMinor, fromRest: false };
    return { share: open, raisedMinor: more, dailyMinor, fromRest: true };
  }
  const changes = movesOf(action).map((move) => BigInt(move.to.minor) - BigInt(move.from.minor));
  // At rest it spends nothing, whatever its budgets say: what they are is asked for when it is switched on.
  if (share.dailyMinor === 0n && campaign.runningMinor > 0n)
    return { share, raisedMinor: 0n, dailyMinor: 0n, fromRest: false };
  const raisedMinor = changes.reduce((sum, change) => (change > 0n ? sum + change : sum), 0n);
  return {
    share,
    raisedMinor,
    dailyMinor: share.dailyMinor + changes.reduce((sum, change) => sum + change, 0n),
    fromRest: false,
  };
}

/** Raises of a campaign's budgets that are being carried out and hold no part of the month, minor units a day. */
async function raisesUnderWay(tx: Tx, ctx: ServiceContext, campaignRecordId: string): Promise<bigint> {
  const rows = await tx.campaignActionRecord.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId,
      state: 'EXECUTING',
      kind: { in: ['set_ad_set_budget', 'shift_budget', 'start_test', 'end_test'] },
    },
    select: { action: true },
  });
  return rows
    .map(({ action }) => action as CampaignAction)
    .flatMap(movesOf)
    .map((step) => BigInt(step.to.minor) - BigInt(step.from.minor))
    .reduce((sum, change) => (change > 0n ? sum + change : sum), 0n);
}

/** The campaign's part as it will be when everything on its way is done; a campaign from before months were kept has none. */
export async function shareNow(
  tx: Tx,
  ctx: ServiceContext,
  campaign: CampaignMoney,
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
