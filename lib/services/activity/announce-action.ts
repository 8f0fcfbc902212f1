import type { CampaignAction } from '../../domain/action';
import { actionDone, actionTitle } from '../../words/en/actions';
import { loadActionCards } from '../actions/card';
import { upsertArtifact } from '../artifacts/upsert';
import { type ServiceContext, transact } from '../context';
import { projectConversationFor } from '../conversations/current';
import { postMessage } from '../messages/post';
import { notify } from '../notifications/notify';

/** Tells the owner what was done: the card with Undo, an ACTION artifact, the bell (not where the owner's own Undo did it). */
export async function announceAction(ctx: ServiceContext, input: { actionId: string; eventId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const row = await tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
      select: {
        action: true,
        projectId: true,
        campaignRecordId: true,
        undoOfId: true,
        approvalId: true,
        campaign: { select: { name: true } },
        occurredAt: true,
      },
    });
    if (!row) return;
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: row.projectId },
      select: { locale: true },
    });
    const card = (await loadActionCards(tx, inner, [input.actionId])).get(input.actionId);
    const said = {
      action: row.action as CampaignAction,
      subject: card?.kind === 'AGENT_ACTION' ? card.subjectName : null,
      campaign: row.campaign.name,
      isUndo: row.undoOfId !== null,
      approvedByOwner: row.approvalId !== null,
    };
    const locale = project?.locale ?? 'en';
    const { conversationId } = await projectConversationFor(inner, {
      projectId: row.projectId,
      campaignRecordId: row.campaignRecordId,
    });
    const message = await postMessage(inner, {
      conversationId,
      role: 'agent',
      kind: 'AGENT_ACTION',
      text: actionDone(said, locale),
      card: { id: input.actionId },
    });
    await upsertArtifact(inner, {
      projectId: row.projectId,
      conversationId,
      type: 'ACTION',
      title: actionTitle(said),
      content: { id: input.actionId },
      subject: `action:${input.actionId}`,
    });
    if (said.isUndo) return;
    await notify(inner, {
      type: 'AGENT_UPDATE',
      key: 'action_done',
      params: { sentence: actionDone(said, locale) },
      projectId: row.projectId,
      conversationId,
      messageId: message.id,
      eventId: input.eventId,
    });
  });
}
