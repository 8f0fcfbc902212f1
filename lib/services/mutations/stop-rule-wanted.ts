import type { CampaignAction } from '../../domain/action';
import { budgetMovesIn, changeOf } from '../../domain/campaign-move';
import { type Money, money } from '../../domain/money';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { perDayOf } from '../pacing/guard';
import { fromStored, type StoredShare } from '../pacing/share';
import type { CampaignKnown } from './campaign-state';
import { guardsLeft } from './guards-left';

/** Our rules of a campaign at the platform, and the dearest day they must let through. */
export type StopRuleWanted = {
  ruleIds: string[];
  perDay: Money;
  /** All its daily budgets together, which that dearest day is of. */
  daily: Money;
  /** raise: rules below that amount are raised to it; lower: rules above it come down to it; exact: both. */
  to: 'raise' | 'lower' | 'exact';
  /** Changes that may have left, with the amounts they tell, minor units. */
  begun: { key: string; perDayMinor: bigint }[];
};
/** `holderId`: who holds its part of the month, where that is not the action itself. */
type Of = { actionId: string; campaign: CampaignKnown; holderId?: string };

/** The rule at the platform a raise needs first, or its dearer days would pause the campaign. Null: nothing is raised. */
export async function ruleForRaise(tx: Tx, ctx: ServiceContext, of: Of): Promise<StopRuleWanted | null> {
  const { reservedMinor, standsMinor } = await dailies(tx, ctx, of);
  if (reservedMinor === null || standsMinor === null || reservedMinor <= standsMinor) return null;
  return wanted(tx, ctx, of, reservedMinor, 'raise');
}

/**
 * The rule that follows budgets an action has lowered. Null: it lowers nothing in this campaign, or another change of it is
 * on its way, which needs its own days let through; the renewal of the guards follows then.
 */
export async function ruleAfterLowering(
  tx: Tx,
  ctx: ServiceContext,
  of: Of & { action: CampaignAction },
): Promise<StopRuleWanted | null> {
  const { action, campaign } = of;
  if (changeOf(budgetMovesIn(action, campaign.id)) >= 0n) return null;
  if (await isOnItsWay(tx, ctx, { campaign, except: [of.holderId ?? of.actionId] })) return null;
  const { reservedMinor } = await dailies(tx, ctx, of);
  if (reservedMinor === null || reservedMinor === 0n) return null;
  return wanted(tx, ctx, of, reservedMinor, 'lower');
}

/** The rule as the budgets are, for the renewal of the guards: it also comes down where they did. */
export async function ruleAsBudgets(tx: Tx, ctx: ServiceContext, of: Of): Promise<StopRuleWanted | null> {
  const { reservedMinor, standsMinor } = await dailies(tx, ctx, of);
  const dailyMinor = reservedMinor ?? standsMinor;
  if (dailyMinor === null || dailyMinor === 0n) return null;
  return wanted(tx, ctx, of, dailyMinor, (await isRuleTooHigh(tx, ctx, of)) ? 'exact' : 'raise');
}

/**
 * Whether what our rule was last told lets dearer days through than the budgets: a lowering it could not follow, or a raise
 * that came to nothing after it was told. Not while another change of the campaign is on its way.
 */
export async function isRuleTooHigh(
  tx: Tx,
  ctx: ServiceContext,
  of: { campaign: CampaignKnown; actionId?: string },
): Promise<boolean> {
  const { campaign, actionId } = of;
  if (await isOnItsWay(tx, ctx, { campaign, except: actionId === undefined ? [] : [actionId] })) return false;
  const stands = await tx.monthShare.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id },
    orderBy: { month: 'desc' },
    select: { dailyMinor: true },
  });
  if (!stands || stands.dailyMinor === 0n) return false;
  const { rule } = await guardsLeft(tx, ctx, campaign);
  if (!rule || rule.perDayMinor <= perDayOf(stands.dailyMinor, campaign.currency).minor) return false;
  return !(await isFoundChanged(tx, ctx, { campaign, since: rule.toldAt }));
}

/** Somebody changed or deleted the rule since it was told: its card asks what is to become of it. */
async function isFoundChanged(
  tx: Tx,
  ctx: ServiceContext,
  { campaign, since }: { campaign: CampaignKnown; since: Date | null },
): Promise<boolean> {
  const found = await tx.driftFinding.count({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      field: 'stop_rule',
      state: { in: ['OPEN', 'KEPT', 'RESTORING'] },
      ...(since ? { createdAt: { gt: since } } : {}),
    },
  });
  return found > 0;
}

async function isOnItsWay(
  tx: Tx,
  ctx: ServiceContext,
  of: { campaign: CampaignKnown; except: string[] },
): Promise<boolean> {
  const held = await tx.monthReservation.count({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: of.campaign.id,
      state: { in: ['HELD', 'SPENDING'] },
      holderId: { notIn: of.except },
    },
  });
  return held > 0;
}

async function dailies(tx: Tx, ctx: ServiceContext, { actionId, campaign, holderId = actionId }: Of) {
  const reserved = await tx.monthReservation.findFirst({
    where: { workspaceId: ctx.workspaceId, holderId },
    select: { share: true, month: true },
  });
  const stands = await tx.monthShare.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      ...(reserved ? { month: { lte: reserved.month } } : {}),
    },
    orderBy: { month: 'desc' },
    select: { dailyMinor: true },
  });
  const reservedMinor = reserved ? fromStored(reserved.share as StoredShare).dailyMinor : null;
  return { reservedMinor, standsMinor: stands?.dailyMinor ?? null };
}

async function wanted(
  tx: Tx,
  ctx: ServiceContext,
  { actionId, campaign }: Of,
  dailyMinor: bigint,
  to: StopRuleWanted['to'],
): Promise<StopRuleWanted | null> {
  const starts = await tx.deployment.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id },
    select: { id: true },
  });
  const restored = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, kind: 'restore_guard' },
    select: { id: true },
  });
  const made = await tx.remoteEffect.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      kind: 'set_stop_rule',
      state: 'DONE',
      OR: [{ deploymentId: { in: starts.map(({ id }) => id) } }, { actionId: { in: restored.map(({ id }) => id) } }],
      remoteId: { not: null },
    },
    select: { remoteId: true },
  });
  const ruleIds = made.flatMap(({ remoteId }) => (remoteId === null ? [] : [remoteId]));
  if (ruleIds.length === 0) return null;
  const begun = await tx.remoteEffect.findMany({
    where: { workspaceId: ctx.workspaceId, actionId, kind: 'change_stop_rule' },
    select: { key: true, request: true },
  });
  const perDay = perDayOf(dailyMinor, campaign.currency);
  const toldMinor = (request: unknown) =>
    BigInt((request as { perDay?: { minor?: string } } | null)?.perDay?.minor ?? perDay.minor);
  return {
    ruleIds,
    perDay,
    daily: money(dailyMinor, campaign.currency),
    to,
    begun: begun.map(({ key, request }) => ({ key, perDayMinor: toldMinor(request) })),
  };
}
