import type { CampaignAction } from '../../domain/action';
import { type ServiceContext, transact } from '../context';

/** The campaign an action belongs to, its kind and state; null when the action is not this workspace's. */
export async function campaignOfAction(
  ctx: ServiceContext,
  input: { actionId: string },
): Promise<{
  campaignRecordId: string;
  kind: string;
  state: string;
  action: CampaignAction;
  projectId: string;
} | null> {
  const row = await transact(ctx, (tx) =>
    tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
      select: { campaignRecordId: true, projectId: true, kind: true, state: true, action: true },
    }),
  );
  return row && { ...row, action: row.action as CampaignAction };
}
