import * as z from 'zod';
import type { Attachment } from '../../domain/attachment';
import { AppError } from '../../domain/errors';
import { type Card, MESSAGE_KINDS, type MessageKind, type MessageRole, type MessageView } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import { loadCards } from '../cards/load';
import { type ServiceContext, transact } from '../context';

type Row = NonNullable<Awaited<ReturnType<Tx['message']['findFirst']>>>;

/**
 * Messages of a conversation after a number, oldest first, each with its card as the rows stand now. At most `limit`
 * newest. @throws AppError not_found
 */
export async function listMessages(
  ctx: ServiceContext,
  input: { conversationId: string; afterSeq?: number; limit?: number },
): Promise<MessageView[]> {
  return transact(ctx, async (tx, inner) => {
    const conversation = await tx.conversation.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.conversationId },
      select: { id: true },
    });
    if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
    const rows = await tx.message.findMany({
      where: { workspaceId: ctx.workspaceId, conversationId: input.conversationId, seq: { gt: input.afterSeq ?? 0 } },
      orderBy: { seq: 'desc' },
      take: input.limit ?? 200,
    });
    return toViews(tx, inner, rows.reverse());
  });
}

async function toViews(tx: Tx, ctx: ServiceContext, rows: Row[]): Promise<MessageView[]> {
  const cards = await loadCards(tx, ctx, rows);
  return rows.map((row) => toView(row, cards.get(row.id) ?? null));
}

function toView(row: Row, card: Card | null): MessageView {
  const known = (MESSAGE_KINDS as readonly string[]).includes(row.kind);
  const attachments = row.kind === 'TEXT' ? attachmentsOf(row.metadata) : [];
  return {
    id: row.id,
    seq: row.seq,
    role: row.role as MessageRole,
    kind: known ? (row.kind as MessageKind) : 'TEXT',
    text: row.text,
    card,
    ...(attachments.length > 0 ? { attachments } : {}),
    turnId: row.turnId,
    at: row.occurredAt.toISOString(),
  };
}

const attached = z.object({
  attachments: z.array(z.object({ fileId: z.string(), width: z.number(), height: z.number() })),
});

function attachmentsOf(metadata: unknown): Attachment[] {
  const parsed = attached.safeParse(metadata);
  return parsed.success ? parsed.data.attachments : [];
}
