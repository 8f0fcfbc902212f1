import { type ServiceContext, transact } from '../context';

/** The campaign an action belongs to, its kind and state; null when the action is not this workspace's. */
export async function campaignOfAction(
  ctx: ServiceContext,
  input: { actionId: string },
): Promise<{ campaignRecordId: string; kind: string; state: string } | null> {
  return transact(ctx, (tx) =>
    tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
      select: { campaignRecordId: true, kind: true, state: true },
    }),
  );
}
