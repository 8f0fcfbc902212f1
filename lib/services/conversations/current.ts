import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';

/** Where news about a project belongs: the campaign's conversation, else the newest CAMPAIGN one, else onboarding. */
export async function projectConversationFor(
  ctx: ServiceContext,
  input: { projectId: string; campaignRecordId?: string },
): Promise<{ conversationId: string }> {
  return transact(ctx, async (tx) => {
    const rows = await tx.conversation.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, status: { not: 'ARCHIVED' } },
      orderBy: { createdAt: 'desc' },
      select: { id: true, type: true, campaignRecordId: true },
    });
    const chosen =
      rows.find((row) => input.campaignRecordId && row.campaignRecordId === input.campaignRecordId) ??
      rows.find((row) => row.type === 'CAMPAIGN') ??
      rows.find((row) => row.type === 'ONBOARDING') ??
      rows[0];
    if (!chosen) throw new AppError('not_found', { project: input.projectId });
    return { conversationId: chosen.id };
  });
}
