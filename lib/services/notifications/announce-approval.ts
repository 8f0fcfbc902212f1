import { type ServiceContext, transact } from '../context';
import { notify } from './notify';

/** Rings the bell for a card that waits; one that was answered or replaced meanwhile rings nothing. */
export async function announceApproval(
  ctx: ServiceContext,
  input: { approvalId: string; eventId: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const approval = await tx.approval.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.approvalId, state: 'WAITING' },
      select: { kind: true, projectId: true, conversationId: true, campaignRecordId: true },
    });
    if (!approval) return;
    const campaign = approval.campaignRecordId
      ? await tx.campaignRecord.findFirst({
          where: { workspaceId: ctx.workspaceId, id: approval.campaignRecordId },
          select: { name: true, conversationId: true },
        })
      : null;
    const message = await tx.message.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        kind: 'APPROVAL_REQUEST',
        metadata: { path: ['id'], equals: input.approvalId },
      },
      orderBy: { createdAt: 'desc' },
      select: { id: true, conversationId: true },
    });
    await notify(inner, {
      type: 'APPROVAL_NEEDED',
      key: approval.kind === 'launch' ? 'approval_needed_launch' : 'approval_needed_action',
      params: { campaign: campaign?.name ?? '' },
      projectId: approval.projectId,
      conversationId: message?.conversationId ?? approval.conversationId ?? campaign?.conversationId ?? null,
      messageId: message?.id ?? null,
      eventId: input.eventId,
    });
  });
}
