import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { guardFor } from '../pacing/guard';
import { fromStored, type StoredShare } from '../pacing/share';
import type { ActionStep } from './action-steps';
import { type CampaignKnown, objectOf } from './campaign-state';

/**
 * What must be told to the platform's own guards before a change of budgets: a higher cap, or an earlier end. Nothing
 * where the campaign's part of the month stays as it is, or where it has no guard of ours.
 */
export async function guardSteps(
  tx: Tx,
  ctx: ServiceContext,
  input: { actionId: string; campaign: CampaignKnown; holderId?: string },
): Promise<ActionStep[]> {
  const { campaign, holderId = input.actionId } = input;
  const reserved = await tx.monthReservation.findFirst({
    where: { workspaceId: ctx.workspaceId, holderId },
    select: { share: true, month: true },
  });
  if (!reserved) return [];
  const stands = await tx.monthShare.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, month: { lte: reserved.month } },
    orderBy: { month: 'desc' },
  });
  const hasGuard = stands && (stands.capMinor !== null || stands.month === reserved.month);
  if (!hasGuard) return [];
  const before = guardFor(stands, campaign);
  const after = guardFor(fromStored(reserved.share as StoredShare), campaign);
  const steps: ActionStep[] = [];
  if (after.spendCap && after.spendCap.minor !== before.spendCap?.minor)
    steps.push({
      set: 'cap',
      object: objectOf(campaign, 'campaign', 'campaign'),
      level: 'campaign',
      before: before.spendCap?.minor ?? null,
      after: after.spendCap.minor,
      currency: campaign.currency,
    });
  if (after.endsAt && after.endsAt !== before.endsAt)
    for (const { key } of campaign.plan.adSets)
      steps.push({
        set: 'end',
        object: objectOf(campaign, 'adset', key),
        level: 'adset',
        before: before.endsAt,
        after: after.endsAt,
      });
  return steps;
}
