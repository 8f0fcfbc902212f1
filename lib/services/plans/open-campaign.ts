import type { Plan } from '../../domain/plan';
import { type ServiceContext, transact } from '../context';

export type OpenCampaign = {
  id: string;
  status: string;
  conversationId: string | null;
  version: number;
  planVersionId: string;
  sha256: string;
  plan: Plan;
};

/** The campaign whose plan is still being talked about: this conversation's, else the project's newest; null when there is none. */
export async function findOpenCampaign(
  ctx: ServiceContext,
  input: { projectId: string; conversationId: string },
): Promise<OpenCampaign | null> {
  return transact(ctx, async (tx) => {
    const rows = await tx.campaignRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        status: { in: ['PENDING_APPROVAL', 'CHANGES_REQUESTED'] },
      },
      orderBy: { createdAt: 'desc' },
      include: { planVersions: { orderBy: { version: 'desc' }, take: 1 } },
    });
    const row = rows.find((candidate) => candidate.conversationId === input.conversationId) ?? rows[0];
    const newest = row?.planVersions[0];
    if (!row || !newest) return null;
    // Written by savePlan alone, from the same type.
    const plan = JSON.parse(newest.canonical) as Plan;
    return {
      id: row.id,
      status: row.status,
      conversationId: row.conversationId,
      version: newest.version,
      planVersionId: newest.id,
      sha256: newest.sha256,
      plan,
    };
  });
}
