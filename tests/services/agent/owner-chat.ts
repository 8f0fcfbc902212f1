import type { ChatModel } from '@/lib/agent/models/model';
import { offlineModel } from '@/lib/agent/models/offline';
import { runTurn } from '@/lib/agent/run-turn';
import type { MessageView } from '@/lib/domain/message';
import type { TurnChunk } from '@/lib/domain/views';
import { systemClock } from '@/lib/runtime/clock';
import type { ServiceContext } from '@/lib/services/context';
import { listMessages } from '@/lib/services/messages/list';
import { postMessage } from '@/lib/services/messages/post';
import { readTurn } from '@/lib/services/turns/read';
import type { TurnCause } from '@/lib/services/turns/request';
import { startTurn } from '@/lib/services/turns/start';

type Chat = { ctx: ServiceContext; conversationId: string };
export type Turned = { turnId: string; chunks: TurnChunk[]; messages: MessageView[]; text: string };

/** The owner writes and the agent answers, as the chat route does it. */
export async function say(
  { ctx, conversationId }: Chat,
  content: string,
  model: ChatModel = offlineModel({ paceMs: 0 }),
): Promise<Turned> {
  const { id } = await postMessage(ctx, { conversationId, role: 'owner', kind: 'TEXT', text: content });
  return turn({ ctx, conversationId }, { type: 'message', messageId: id }, model);
}

/** A turn of any cause, run to its end. */
export async function turn(
  { ctx, conversationId }: Chat,
  cause: TurnCause,
  model: ChatModel = offlineModel({ paceMs: 0 }),
): Promise<Turned> {
  const before = (await listMessages(ctx, { conversationId })).at(-1)?.seq ?? 0;
  const { turnId } = await startTurn(ctx, { conversationId, cause });
  await runTurn({ ctx, turnId, conversationId, clock: systemClock, signal: new AbortController().signal, model });
  const { chunks } = await readTurn(ctx, { turnId, afterSeq: 0 });
  const messages = await listMessages(ctx, { conversationId, afterSeq: before });
  return {
    turnId,
    chunks: chunks.map(({ chunk }) => chunk),
    messages,
    text: messages
      .filter(({ kind }) => kind === 'TEXT')
      .map(({ text }) => text)
      .join('\n'),
  };
}
