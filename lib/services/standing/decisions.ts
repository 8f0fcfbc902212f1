import type { ActionState, CampaignAction, Evidence } from '../../domain/action';
import type { Plan } from '../../domain/plan';
import { type ServiceContext, transact } from '../context';

export type RecordedDecision = {
  id: string;
  action: CampaignAction;
  state: ActionState;
  evidence: Evidence;
  day: string;
  campaignName: string;
  subjectName: string | null;
  askedOwner: boolean;
  /** Headlines by the local keys the evidence uses. */
  names: Record<string, string>;
};

/** The newest decisions about a project's campaigns with the evidence stored at that moment: the only source of an explanation. */
export async function readDecisions(
  ctx: ServiceContext,
  input: { projectId: string; limit: number },
): Promise<RecordedDecision[]> {
  const rows = await transact(ctx, (tx) =>
    tx.campaignActionRecord.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, state: { notIn: ['SHADOW', 'REFUSED'] } },
      orderBy: { occurredAt: 'desc' },
      take: input.limit,
      include: { campaign: { select: { name: true, structure: true } } },
    }),
  );
  return rows.map((row) => {
    // Both written by the gate alone, from the same types.
    const action = row.action as CampaignAction;
    return {
      id: row.id,
      action,
      state: row.state as ActionState,
      evidence: row.evidence as Evidence,
      day: row.occurredAt.toISOString().slice(0, 10),
      campaignName: row.campaign.name,
      subjectName: subjectName(action, row.campaign.structure as Plan | null),
      askedOwner: row.approvalId !== null,
      names: headlines(row.campaign.structure as Plan | null),
    };
  });
}

/** The headline of the ad an action is about, so that the owner recognises it. */
function subjectName(action: CampaignAction, plan: Plan | null): string | null {
  return 'adKey' in action ? (headlines(plan)[action.adKey] ?? null) : null;
}

function headlines(plan: Plan | null): Record<string, string> {
  const ads = (plan?.adSets ?? []).flatMap((adSet) => [...adSet.ads, ...adSet.reserves]);
  return Object.fromEntries(ads.map((ad) => [ad.key, ad.headline]));
}
