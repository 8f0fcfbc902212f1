import type { CampaignAction } from '../../domain/action';
import { type CampaignMove, movedMinor, sidesOf } from '../../domain/campaign-move';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { reserveChange, takesMoney } from '../pacing/reserve-change';
import { reserveMove } from '../pacing/reserve-move';
import { type CampaignKnown, moneyOf, readCampaign } from './campaign-state';

/**
 * The part of the month of an action that may cost more, held before anything is written: at the press on a card, else in
 * the gate. Nothing for what takes none. @throws AppError above_month_limit, conflict
 */
export async function takeMoneyFor(
  tx: Tx,
  ctx: ServiceContext,
  input: { actionId: string; action: CampaignAction; campaign: CampaignKnown; approvalId: string | null },
): Promise<void> {
  const { actionId, action, campaign, approvalId } = input;
  if (takesMoney(action)) {
    await reserveChange(tx, ctx, { actionId, action, campaign: moneyOf(campaign), approvalId });
    return;
  }
  if (action.kind !== 'shift_campaigns') return;
  const { giver, taker } = await campaignsOf(tx, ctx, { campaign, action });
  await reserveMove(tx, ctx, {
    actionId,
    giver: moneyOf(giver),
    taker: moneyOf(taker),
    movedMinor: movedMinor(action),
    approvalId,
  });
}

/** The two campaigns of a move. @throws AppError invalid_input where it is none, not_found */
export async function campaignsOf(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaign: CampaignKnown; action: CampaignMove },
): Promise<{ giver: CampaignKnown; taker: CampaignKnown; other: CampaignKnown }> {
  const { campaign, action } = input;
  const sides = sidesOf(action, campaign.id);
  if (!sides) throw new AppError('invalid_input', { campaign: campaign.id, reason: 'no move' });
  const other = await readCampaign(tx, ctx, action.other.campaignId);
  if (other.projectId !== campaign.projectId) throw new AppError('not_found', { campaign: other.id });
  return sides.giver.campaignId === campaign.id
    ? { giver: campaign, taker: other, other }
    : { giver: other, taker: campaign, other };
}
