import type { ActionState, CampaignAction, Evidence } from '../../domain/action';
import type { Card } from '../../domain/message';
import type { Plan } from '../../domain/plan';
import { undoStateOf } from '../../domain/undo';
import type { Tx } from '../../runtime/db';
import { undoSays } from '../../words/en/actions';
import { type ServiceContext, workspaceNow } from '../context';
import { planNames, subjectNameOf } from './subject-name';

/** Action cards by id, as they stand now; `undo` by business time. */
export async function loadActionCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    include: { campaign: { select: { name: true, structure: true, project: { select: { locale: true } } } } },
  });
  const now = await workspaceNow(ctx, tx);
  return new Map(
    rows.map((row): [string, Card] => {
      const action = row.action as CampaignAction;
      return [
        row.id,
        {
          kind: 'AGENT_ACTION',
          actionId: row.id,
          actionKind: action.kind,
          state: row.state as ActionState,
          action,
          campaignName: row.campaign.name,
          subjectName: subjectNameOf(action, row.campaign.structure as Plan | null),
          names: planNames(row.campaign.structure as Plan | null),
          evidence: row.evidence as Evidence,
          approvedByOwner: row.approvalId !== null,
          undo: undoStateOf(row, now),
          undoSays: undoSays(action, row.campaign.project.locale),
          at: (row.executedAt ?? row.occurredAt).toISOString(),
          projectId: row.projectId,
        },
      ];
    }),
  );
}
