import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import type { MirrorRow } from './campaign-state';

/** What our own writes last made of daily budgets, minor units as text, by the ad set's local key. */
export type BudgetsLeft = {
  told: Readonly<Record<string, string>>;
  /** Asked for by calls whose answer nobody knows: what shows such a value was not changed by somebody else. */
  open: Readonly<Record<string, readonly string[]>>;
};

/**
 * From the ledger, like what guards were told, and not from what became of the actions: a move that ended half done left
 * one side lower, which it told itself and asked about on a card. Called somebody's change it would be told twice.
 */
export async function budgetsLeft(
  tx: Tx,
  ctx: ServiceContext,
  campaign: { id: string; objects: readonly MirrorRow[] },
): Promise<BudgetsLeft> {
  const scope = { workspaceId: ctx.workspaceId };
  const actions = await tx.campaignActionRecord.findMany({
    where: { ...scope, OR: [{ campaignRecordId: campaign.id }, { otherCampaignId: campaign.id }] },
    select: { id: true },
  });
  const effects = await tx.remoteEffect.findMany({
    where: {
      ...scope,
      kind: 'set_ad_set_budget',
      state: { in: ['DONE', 'SENT', 'UNKNOWN', 'NEEDS_REVIEW'] },
      actionId: { in: actions.map(({ id }) => id) },
    },
    orderBy: { settledAt: 'asc' },
    select: { state: true, request: true },
  });
  const told: Record<string, string> = {};
  const open: Record<string, string[]> = {};
  for (const { state, request } of effects) {
    const asked = request as { remoteId?: string; dailyBudget?: { minor?: string } } | null;
    const key = campaign.objects.find(
      ({ level, remoteId }) => level === 'adset' && remoteId === asked?.remoteId,
    )?.localKey;
    const minor = asked?.dailyBudget?.minor;
    if (key === undefined || minor === undefined) continue;
    if (state === 'DONE') told[key] = minor;
    else open[key] = [...(open[key] ?? []), minor];
  }
  return { told, open };
}
