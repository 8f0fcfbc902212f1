import type { CampaignAction } from '../../domain/action';
import { budgetMovesIn, changeOf } from '../../domain/campaign-move';
import type { Money } from '../../domain/money';
import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { perDayOf } from '../pacing/guard';
import { fromStored, type StoredShare } from '../pacing/share';
import type { CampaignKnown } from './campaign-state';

/** Our rules of a campaign at the platform, and the dearest day they must let through. */
export type StopRuleWanted = {
  ruleIds: string[];
  perDay: Money;
  /** raise: rules below that amount are raised to it; exact: rules above it come down as well. */
  to: 'raise' | 'exact';
  /** Keys of changes that may have left. */
  begun: string[];
};
/** `holderId`: who holds its part of the month, where that is not the action itself. */
type Of = { actionId: string; campaign: CampaignKnown; holderId?: string };

/** The rule at the platform a raise needs first, or its dearer days would pause the campaign. Null: nothing is raised. */
export async function ruleForRaise(tx: Tx, ctx: ServiceContext, of: Of): Promise<StopRuleWanted | null> {
  const { reservedMinor, standsMinor } = await dailies(tx, ctx, of);
  if (reservedMinor === null || standsMinor === null || reservedMinor <= standsMinor) return null;
  return wanted(tx, ctx, of, reservedMinor, 'raise');
}

/** The rule as the budgets are, for the renewal of the guards: it also comes down where they did. */
export async function ruleAsBudgets(tx: Tx, ctx: ServiceContext, of: Of): Promise<StopRuleWanted | null> {
  const { reservedMinor, standsMinor } = await dailies(tx, ctx, of);
  const dailyMinor = reservedMinor ?? standsMinor;
  if (dailyMinor === null || dailyMinor === 0n) return null;
  return wanted(tx, ctx, of, dailyMinor, (await isRuleTooHigh(tx, ctx, of.campaign)) ? 'exact' : 'raise');
}

/**
 * Whether the rule at the platform may still let dearer days through than the budgets: they were lowered on an earlier
 * account day, and nobody told the rule since. On the day itself it stays, or what that day cost already would pause the
 * campaign.
 */
export async function isRuleTooHigh(tx: Tx, ctx: ServiceContext, campaign: CampaignKnown): Promise<boolean> {
  const rows = await tx.campaignActionRecord.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      OR: [{ campaignRecordId: campaign.id }, { otherCampaignId: campaign.id }],
      kind: { in: ['set_ad_set_budget', 'shift_campaigns', 'renew_month_guard'] },
      state: { in: ['DONE', 'UNDONE'] },
      executedAt: { not: null },
    },
    orderBy: { executedAt: 'desc' },
    select: { kind: true, action: true, executedAt: true },
    take: 50,
  });
  const told = rows.find(({ kind }) => kind === 'renew_month_guard')?.executedAt ?? null;
  const low = rows.find(({ action }) => isLower(action as CampaignAction, campaign.id))?.executedAt ?? null;
  if (low === null || (told !== null && told >= low)) return false;
  return dayIn(campaign.timezone, low) < dayIn(campaign.timezone, await workspaceNow(ctx, tx));
}

function isLower(action: CampaignAction, campaignId: string): boolean {
  return changeOf(budgetMovesIn(action, campaignId)) < 0n;
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
    select: { key: true },
  });
  return { ruleIds, perDay: perDayOf(dailyMinor, campaign.currency), to, begun: begun.map(({ key }) => key) };
}
