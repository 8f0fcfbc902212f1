import { type ServiceContext, transact } from '../context';

/** The campaign an action belongs to; null when the action is not this workspace's. */
export async function campaignOfAction(ctx: ServiceContext, input: { actionId: string }): Promise<string | null> {
  return transact(ctx, async (tx) => {
    const row = await tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
      select: { campaignRecordId: true },
    });
    return row?.campaignRecordId ?? null;
  });
}
