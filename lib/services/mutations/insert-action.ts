import type { CampaignAction, Verdict } from '../../domain/action';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import type { CampaignKnown } from './campaign-state';

const STATE_OF: Record<Verdict['answer'], string> = {
  allow: 'EXECUTING',
  ask: 'WAITING',
  refuse: 'REFUSED',
  shadow: 'SHADOW',
};

export type NewAction = {
  campaign: CampaignKnown;
  action: CampaignAction;
  evidence: Prisma.InputJsonValue;
  verdict: Verdict;
  dedupeKey: string;
  undoOfId?: string;
};

/** Null where an action with that key exists already. */
export async function insertAction(tx: Tx, ctx: ServiceContext, input: NewAction): Promise<{ id: string } | null> {
  const { campaign, action, verdict } = input;
  const rows = await tx.campaignActionRecord.createManyAndReturn({
    skipDuplicates: true,
    select: { id: true },
    data: [
      {
        workspaceId: ctx.workspaceId,
        projectId: campaign.projectId,
        campaignRecordId: campaign.id,
        otherCampaignId: action.kind === 'shift_campaigns' ? action.other.campaignId : null,
        kind: action.kind,
        state: STATE_OF[verdict.answer],
        action,
        evidence: input.evidence,
        verdict,
        dedupeKey: input.dedupeKey,
        undoOfId: input.undoOfId ?? null,
        occurredAt: await workspaceNow(ctx, tx),
      },
    ],
  });
  return rows[0] ?? null;
}
