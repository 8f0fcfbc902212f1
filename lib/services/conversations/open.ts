import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requestTurn } from '../turns/request';

/**
 * The project's ONBOARDING conversation, created once however many pages ask at the same moment (the project row is
 * locked), with its first turn requested in the same transaction.
 */
export async function ensureOnboardingConversation(
  ctx: ServiceContext,
  input: { projectId: string },
): Promise<{ conversationId: string }> {
  return transact(ctx, async (tx, inner) => {
    const locked = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Project" WHERE "id" = ${input.projectId} AND "workspaceId" = ${ctx.workspaceId} FOR UPDATE`;
    if (locked.length === 0) throw new AppError('not_found', { project: input.projectId });
    const earlier = await tx.conversation.findFirst({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, type: 'ONBOARDING' },
      select: { id: true },
    });
    if (earlier) return { conversationId: earlier.id };
    const conversation = await tx.conversation.create({
      data: { workspaceId: ctx.workspaceId, projectId: input.projectId, type: 'ONBOARDING' },
      select: { id: true },
    });
    await record(tx, inner, {
      event: 'conversation.created',
      subject: { type: 'conversation', id: conversation.id },
      projectId: input.projectId,
      payload: { type: 'ONBOARDING' },
    });
    await requestTurn(inner, { conversationId: conversation.id, cause: { type: 'greeting' } });
    return { conversationId: conversation.id };
  });
}

/** The conversation that carries one campaign: its card, deployment, actions and reports. Created once per campaign. */
export async function openCampaignConversation(
  ctx: ServiceContext,
  input: { projectId: string; campaignRecordId: string; title: string },
): Promise<{ conversationId: string }> {
  return transact(ctx, async (tx, inner) => {
    const earlier = await tx.conversation.findFirst({
      where: { workspaceId: ctx.workspaceId, campaignRecordId: input.campaignRecordId, type: 'CAMPAIGN' },
      select: { id: true },
    });
    if (earlier) return { conversationId: earlier.id };
    const conversation = await tx.conversation.create({
      data: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        type: 'CAMPAIGN',
        title: input.title,
        campaignRecordId: input.campaignRecordId,
      },
      select: { id: true },
    });
    await tx.campaignRecord.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId },
      data: { conversationId: conversation.id },
    });
    await tx.conversation.updateMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, type: 'ONBOARDING', status: 'ACTIVE' },
      data: { status: 'COMPLETED' },
    });
    await record(tx, inner, {
      event: 'conversation.created',
      subject: { type: 'conversation', id: conversation.id },
      projectId: input.projectId,
      payload: { type: 'CAMPAIGN', campaignId: input.campaignRecordId },
    });
    return { conversationId: conversation.id };
  });
}
