import type { MessageKind, MessageOrigin, MessageRole } from '../../domain/message';
import { type ServiceContext, transact } from '../context';

export type HistoryMessage = {
  id: string;
  role: MessageRole;
  kind: MessageKind;
  text: string;
  origin: MessageOrigin;
  turnId: string | null;
  cardId: string | null;
  /** Photos that came with these words. */
  photos: number;
  /** Model parts of the turn this message ended, when it used tools. */
  parts: unknown;
};

/** The newest `limit` messages of a conversation, oldest first, as the model needs them. */
export async function readHistory(
  ctx: ServiceContext,
  input: { conversationId: string; limit: number },
): Promise<HistoryMessage[]> {
  const rows = await transact(ctx, (tx) =>
    tx.message.findMany({
      where: { workspaceId: ctx.workspaceId, conversationId: input.conversationId },
      orderBy: { seq: 'desc' },
      take: input.limit,
      select: { id: true, role: true, kind: true, text: true, origin: true, turnId: true, metadata: true, parts: true },
    }),
  );
  return rows.reverse().map((row) => ({
    id: row.id,
    role: row.role as MessageRole,
    kind: row.kind as MessageKind,
    text: row.text,
    origin: row.origin as MessageOrigin,
    turnId: row.turnId,
    cardId: cardIdOf(row.metadata),
    photos: photosIn(row.metadata),
    parts: row.parts,
  }));
}

function cardIdOf(metadata: unknown): string | null {
  const id = metadata && typeof metadata === 'object' && 'id' in metadata ? metadata.id : null;
  return typeof id === 'string' ? id : null;
}

function photosIn(metadata: unknown): number {
  const list = metadata && typeof metadata === 'object' && 'attachments' in metadata ? metadata.attachments : null;
  return Array.isArray(list) ? list.length : 0;
}
