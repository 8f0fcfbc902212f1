import { AppError } from '../../domain/errors';
import type { MessageKind, MessageOrigin, MessageRole } from '../../domain/message';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';

export type PostMessageInput = {
  conversationId: string;
  role: MessageRole;
  kind: MessageKind;
  text: string;
  /** Card kinds point to the row they show. */
  card?: { id: string };
  /** Kinds without a row of their own (NOTICE, APPROVAL_RESPONSE, PLAN_DIFF) carry their card here. */
  payload?: Prisma.InputJsonValue;
  origin?: MessageOrigin;
  /** Model parts needed to continue the conversation. */
  parts?: Prisma.InputJsonValue;
  /** The browser's own id of a message: the same id is stored once. */
  clientMessageId?: string;
  turnId?: string;
};

/**
 * Appends a message to a conversation and records `message.posted`. Returns the stored message, or the earlier one with
 * the same client id. @throws AppError not_found
 */
export async function postMessage(
  ctx: ServiceContext,
  input: PostMessageInput,
): Promise<{ id: string; seq: number; duplicate: boolean }> {
  return transact(ctx, async (tx, inner) => {
    if (input.clientMessageId) {
      const earlier = await tx.message.findFirst({
        where: {
          workspaceId: ctx.workspaceId,
          conversationId: input.conversationId,
          clientMessageId: input.clientMessageId,
        },
        select: { id: true, seq: true },
      });
      if (earlier) return { ...earlier, duplicate: true };
    }
    const occurredAt = await workspaceNow(inner, tx);
    const rows = await tx.$queryRaw<{ lastSeq: number; projectId: string }[]>`
      UPDATE "Conversation" SET "lastSeq" = "lastSeq" + 1, "lastMessageAt" = ${occurredAt}
      WHERE "id" = ${input.conversationId} AND "workspaceId" = ${ctx.workspaceId}
      RETURNING "lastSeq", "projectId"`;
    const conversation = rows[0];
    if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
    const metadata = input.card ?? input.payload;
    const message = await tx.message.create({
      data: {
        workspaceId: ctx.workspaceId,
        conversationId: input.conversationId,
        seq: conversation.lastSeq,
        role: input.role,
        kind: input.kind,
        text: input.text,
        origin: input.origin ?? (input.role === 'owner' ? 'owner' : input.role),
        occurredAt,
        ...(metadata === undefined ? {} : { metadata }),
        ...(input.parts === undefined ? {} : { parts: input.parts }),
        clientMessageId: input.clientMessageId ?? null,
        turnId: input.turnId ?? null,
      },
      select: { id: true, seq: true },
    });
    await record(tx, inner, {
      event: 'message.posted',
      subject: { type: 'message', id: message.id },
      projectId: conversation.projectId,
      payload: { conversationId: input.conversationId, seq: message.seq, kind: input.kind },
    });
    return { ...message, duplicate: false };
  });
}
