import type { CampaignMove } from '../../domain/campaign-move';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import type { PolicyActor } from '../../domain/policy';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { type CampaignKnown, readCampaign } from './campaign-state';

/**
 * The second campaign of a move between two: of the same project and account, and running, or nothing may move. A move is
 * taken back also where one of them was paused since.
 */
export async function secondOf(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaign: CampaignKnown; action: CampaignMove; actor: PolicyActor },
): Promise<CampaignKnown | null> {
  const { campaign, action, actor } = input;
  const row = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: action.other.campaignId, projectId: campaign.projectId },
    select: { id: true },
  });
  if (!row || row.id === campaign.id) return null;
  const other = await readCampaign(tx, ctx, row.id);
  if (other.adAccountId !== campaign.adAccountId || other.currency !== campaign.currency) return null;
  const runs = (one: CampaignKnown) =>
    actor.type === 'undo' ? (WATCHED_STATUSES as readonly string[]).includes(one.status) : one.status === 'ACTIVE';
  if (!runs(campaign) || !runs(other)) return null;
  if (actor.type !== 'engine') return other;
  // What is being compared there is held equal; a person's own press stands above that.
  const tests = await tx.adTest.count({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: other.id, state: 'RUNNING' },
  });
  return tests === 0 ? other : null;
}
