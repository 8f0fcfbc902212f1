import { AppError } from '../../domain/errors';
import { type CampaignEvidence, moveBetweenCampaigns } from '../../domain/optimization/rules/move-between-campaigns';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import type { WatchedCampaign } from '../insights/watched';
import { executeAction } from '../mutations/execute';
import { proposeAction } from '../mutations/propose';
import { gatherEvidence } from './evidence';

export type DecidedToday = { campaign: WatchedCampaign; today: string; pulledOn: string; hasChanged: boolean };

/**
 * Whether money should move between campaigns of one project: asked once per account day, after every campaign was decided
 * for itself, and only among those on which nothing else was done today. One change, one effect.
 */
export async function decideBetweenCampaigns(
  ctx: ServiceContext,
  input: { decided: readonly DecidedToday[] },
): Promise<{ moved: number }> {
  const projects = new Set(input.decided.map(({ campaign }) => campaign.projectId));
  let moved = 0;
  for (const projectId of projects) {
    const calm = input.decided.filter(({ campaign, hasChanged }) => campaign.projectId === projectId && !hasChanged);
    if (calm.length > 1 && (await decideFor(ctx, calm))) moved += 1;
  }
  return { moved };
}

async function decideFor(ctx: ServiceContext, calm: readonly DecidedToday[]): Promise<boolean> {
  const campaigns = await transact(ctx, async (tx, inner) => {
    const known: CampaignEvidence[] = [];
    for (const { campaign, today, pulledOn } of calm) {
      const given = { campaignRecordId: campaign.id, today, pulledOn, lastDecidedOn: null };
      const evidence = await gatherEvidence(tx, inner, given);
      if (evidence) known.push({ campaignId: campaign.id, name: campaign.name, evidence });
    }
    return known;
  });
  const said = moveBetweenCampaigns(campaigns);
  const day = calm[0]?.today;
  if (!said || day === undefined) return false;
  const { actionId, verdict } = await proposeAction(ctx, {
    campaignRecordId: said.campaignId,
    suggestion: said.suggestion,
    day,
    by: 'caller',
    asks: 'together',
  });
  if (verdict.answer !== 'allow') return false;
  try {
    await executeAction(ctx, { actionId });
  } catch (error) {
    // The gate records what became of it, and the queue tries again what can be tried.
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error, action: actionId }, 'an allowed move was not carried out yet');
  }
  return true;
}
