import type { BriefDraft } from '../../domain/brief';
import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { startTurn } from '../turns/start';
import { requireMay } from '../workspaces/require-may';
import { attachPhotos } from './attach';
import { postMessage } from './post';
import { takeAnswers } from './take-answers';

/**
 * Takes the owner's words, photos and form answers: stores the message and opens the turn that answers it, together. The
 * same client message id sent again leads to the same turn. @throws AppError turn_running, not_found, also for a photo that
 * is not this workspace's, invalid_input for form answers that do not hold
 */
export async function receiveMessage(
  ctx: ServiceContext,
  input: {
    conversationId: string;
    content: string;
    clientMessageId?: string;
    attachments?: readonly string[];
    answers?: BriefDraft;
  },
): Promise<{ turnId: string; duplicate: boolean }> {
  const { clientMessageId } = input;
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'message.send');
    const attachments = await attachPhotos(inner, {
      conversationId: input.conversationId,
      fileIds: input.attachments ?? [],
    });
    const message = await postMessage(inner, {
      conversationId: input.conversationId,
      role: 'owner',
      kind: 'TEXT',
      text: input.content,
      ...(attachments.length > 0 ? { payload: { attachments } } : {}),
      ...(clientMessageId ? { clientMessageId } : {}),
    });
    if (!message.duplicate && input.answers)
      await takeAnswers(inner, { conversationId: input.conversationId, answers: input.answers });
    if (!message.duplicate)
      return {
        ...(await startTurn(inner, {
          conversationId: input.conversationId,
          cause: { type: 'message', messageId: message.id },
        })),
        duplicate: false,
      };
    const turn = await tx.turn.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        conversationId: input.conversationId,
        cause: { path: ['messageId'], equals: message.id },
      },
      select: { id: true },
    });
    if (!turn) throw new AppError('conflict', { message: message.id });
    return { turnId: turn.id, duplicate: true };
  });
}
