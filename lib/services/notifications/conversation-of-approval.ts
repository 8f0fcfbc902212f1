import { type ServiceContext, transact } from '../context';
import { projectConversationFor } from '../conversations/current';

/** The conversation a card stands in; null when the card is not this workspace's. */
export async function conversationOfApproval(
  ctx: ServiceContext,
  input: { approvalId: string },
): Promise<string | null> {
  return transact(ctx, async (tx, inner) => {
    const approval = await tx.approval.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.approvalId },
      select: { conversationId: true, projectId: true, campaignRecordId: true },
    });
    if (!approval) return null;
    if (approval.conversationId) return approval.conversationId;
    const { conversationId } = await projectConversationFor(inner, {
      projectId: approval.projectId,
      ...(approval.campaignRecordId ? { campaignRecordId: approval.campaignRecordId } : {}),
    });
    return conversationId;
  });
}
