import { type CampaignAction, type Evidence, isRemoval, type Verdict } from '../../domain/action';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import type { RuleId } from '../../domain/optimization/evidence-keys';
import type { PlanAd } from '../../domain/plan';
import { dayIn } from '../../domain/time';
import { newRequestId } from '../../runtime/ids';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { type CampaignKnown, readCampaign } from '../mutations/campaign-state';
import { proposeAction } from '../mutations/propose';

/** What became of an owner's wish. Nothing is changed by it: at most a card stands there afterwards. */
export type Wished =
  | { ready: true; actionId: string; campaign: string; notes: string[] }
  | { ready: false; problem: string; details: Record<string, unknown> };

export const notReady = (problem: string, details: Record<string, unknown> = {}): Wished => ({
  ready: false,
  problem,
  details,
});

/** The campaign a wish is about: the conversation's own, else the newest that stands at the platform; null where none does. */
export async function runningCampaign(
  ctx: ServiceContext,
  input: { projectId: string; campaignId: string | null },
): Promise<CampaignKnown | null> {
  return transact(ctx, async (tx, inner) => {
    const row = await tx.campaignRecord.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        status: { in: [...WATCHED_STATUSES] },
        ...(input.campaignId === null ? {} : { id: input.campaignId }),
      },
      orderBy: { createdAt: 'desc' },
      select: { id: true },
    });
    return row ? readCampaign(tx, inner, row.id) : null;
  });
}

/** Ads of the plan that still stand at the platform, in the order the owner knows them. */
export function livingAds(campaign: CampaignKnown): PlanAd[] {
  const gone = campaign.objects.filter(({ level, status }) => level === 'ad' && status === 'DELETED');
  return campaign.plan.adSets
    .flatMap(({ ads }) => ads)
    .filter(({ key }) => !gone.some(({ localKey }) => localKey === key));
}

/** Brings a wish before policy as the owner's own; words never do more than put a card there. */
export async function wish(
  ctx: ServiceContext,
  input: { campaign: CampaignKnown; action: CampaignAction; notes?: string[]; rule?: RuleId },
): Promise<Wished> {
  const { campaign, action } = input;
  const day = dayIn(campaign.timezone, await transact(ctx, (tx, inner) => workspaceNow(inner, tx)));
  const { actionId, verdict } = await proposeAction(ctx, {
    campaignRecordId: campaign.id,
    suggestion: { action, evidence: evidenceOn(day, input.rule ?? 'owner-asked') },
    // An owner may ask as often as needed: the newest card replaces the one before.
    day: `${day}:${newRequestId()}`,
    wished: true,
  });
  if (verdict.answer !== 'ask') return notReady('refused', { reasons: reasonsOf(verdict) });
  return {
    ready: true,
    actionId,
    campaign: campaign.name,
    notes: [...(input.notes ?? []), ...(isRemoval(action) ? ['cannot_be_taken_back'] : [])],
  };
}

function reasonsOf(verdict: Verdict): string[] {
  return verdict.reasons;
}

function evidenceOn(day: string, rule: RuleId): Evidence {
  return {
    rule,
    facts: [],
    confidence: null,
    alternatives: [],
    wouldChange: [],
    since: day,
    until: day,
  };
}
