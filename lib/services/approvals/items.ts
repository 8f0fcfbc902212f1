import * as z from 'zod';
import { type CampaignAction, isRemoval, isStopAction } from '../../domain/action';
import { isOfMany } from '../../domain/approval';
import { canonicalJson } from '../../domain/canonical';
import type { MoneyJson } from '../../domain/money';
import type { Tx } from '../../runtime/db';
import { formatMoney } from '../../words/format';
import type { ServiceContext } from '../context';
import { actionSchema } from '../mutations/action-schema';
import { type CampaignKnown, moneyOf, readCampaign } from '../mutations/campaign-state';
import { type RemoteLine, remoteState } from './remote-state';
import type { ApprovalRow } from './row';

/** One change a card covers. */
export type ApprovedItem = { actionId: string; campaignRecordId: string; action: CampaignAction };

const item = z.object({ actionId: z.string(), campaignRecordId: z.string(), action: actionSchema });
const list = z.object({ items: z.array(item).max(100) });

/** What the hash of a card about lifting a stop covers. `perDay`: daily budgets together, as they stood when it was made. */
export const releaseSchema = z.object({
  stopId: z.string(),
  items: z.array(
    item.extend({
      name: z.string(),
      perDay: z.object({ minor: z.string().regex(/^\d{1,15}$/), currency: z.string().regex(/^[A-Z]{3}$/) }),
    }),
  ),
});

/** Every change a card covers, in the order it was shown. Throws where the text is none of ours; its hash was checked before. */
export function itemsOf(approval: Pick<ApprovalRow, 'kind' | 'payload'>): ApprovedItem[] {
  const payload: unknown = JSON.parse(approval.payload);
  if (approval.kind === 'campaign_action') return [item.parse(payload)];
  return isOfMany(approval.kind) ? list.parse(payload).items : [];
}

/** Whether a card covers exactly this change: the same action of the same campaign, letter by letter. */
export function covers(approval: Pick<ApprovalRow, 'kind' | 'payload' | 'actionId'>, wanted: ApprovedItem): boolean {
  if (approval.kind === 'campaign_action')
    return approval.actionId === wanted.actionId && approval.payload === canonicalJson(wanted);
  return itemsOf(approval).some(
    ({ actionId, campaignRecordId, action }) =>
      canonicalJson({ actionId, campaignRecordId, action }) === canonicalJson(wanted),
  );
}

/** What the platform last showed of everything a card covers. A lone change keeps its lines as they are. */
export async function remoteOfItems(
  tx: Tx,
  ctx: ServiceContext,
  approval: { kind: string; items: readonly ApprovedItem[] },
): Promise<RemoteLine[]> {
  const lines: RemoteLine[] = [];
  for (const { action, campaignRecordId } of approval.items) {
    if (isOfMany(approval.kind) && needsNothing(action)) continue;
    const campaign = await readCampaign(tx, ctx, campaignRecordId);
    const own = await remoteOfAction(tx, ctx, action, campaign);
    if (!isOfMany(approval.kind)) lines.push(...own);
    else lines.push(...own.map(({ what, value }) => ({ what: `${campaign.name}: ${what}`, value })));
    if (approval.kind === 'stop_release')
      lines.push({ what: `${campaign.name}: a day`, value: formatMoney(perDayOf(campaign), 'en') });
  }
  return lines;
}

/** What the platform last showed of everything one change touches: of a move between two campaigns, both of them. */
export async function remoteOfAction(
  tx: Tx,
  ctx: ServiceContext,
  action: CampaignAction,
  campaign: CampaignKnown,
): Promise<RemoteLine[]> {
  const own = remoteState(action, campaign.objects);
  if (action.kind !== 'shift_campaigns') return own;
  const other = await readCampaign(tx, ctx, action.other.campaignId);
  const second = remoteState(action, other.objects, other.id);
  return [...own, ...second.map(({ what, value }) => ({ what: `${other.name}: ${what}`, value }))];
}

/** What can only lower spend needs nothing to stand as it was, unless it would be gone for good. */
export function needsNothing(action: CampaignAction): boolean {
  return isStopAction(action) && !isRemoval(action);
}

/** Daily budgets of a campaign together, as last seen. */
export function perDayOf(campaign: CampaignKnown): MoneyJson {
  return { minor: moneyOf(campaign).runningMinor.toString(), currency: campaign.currency };
}
