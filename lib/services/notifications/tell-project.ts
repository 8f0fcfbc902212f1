import type { NotificationView } from '../../domain/views';
import { type NoticeKey, type NoticeParams, noticeText } from '../../words/en/notices';
import { type ServiceContext, transact } from '../context';
import { projectConversationFor } from '../conversations/current';
import { postMessage } from '../messages/post';
import { notify } from './notify';

export type TellProjectInput = {
  projectId: string;
  /** Whose conversation, where it is about one campaign. */
  campaignRecordId?: string;
  key: NoticeKey;
  params?: NoticeParams;
  tone: 'info' | 'good' | 'warning';
  /** The bell's type; left out, only the conversation is told. */
  bell?: NotificationView['type'];
  eventId?: string;
};

/** Writes a notice into the project's conversation and, where asked, rings the bell that leads to it. */
export async function tellProject(ctx: ServiceContext, input: TellProjectInput): Promise<{ messageId: string }> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { locale: true },
    });
    const params = input.params ?? {};
    const { conversationId } = await projectConversationFor(inner, {
      projectId: input.projectId,
      ...(input.campaignRecordId ? { campaignRecordId: input.campaignRecordId } : {}),
    });
    const message = await postMessage(inner, {
      conversationId,
      role: 'agent',
      kind: 'NOTICE',
      text: noticeText(input.key, params, project?.locale ?? 'en').body,
      payload: { kind: 'NOTICE', tone: input.tone, key: input.key, params },
    });
    if (input.bell) {
      await notify(inner, {
        type: input.bell,
        key: input.key,
        params,
        projectId: input.projectId,
        conversationId,
        messageId: message.id,
        ...(input.eventId ? { eventId: input.eventId } : {}),
      });
    }
    return { messageId: message.id };
  });
}
