import type { ModelMessage } from 'ai';
import type { MessageKind } from '../domain/message';
import type { Clock } from '../runtime/clock';
import type { ServiceContext } from '../services/context';
import { listMessages } from '../services/messages/list';
import { type PostMessageInput, postMessage } from '../services/messages/post';
import { appendTurnChunk } from '../services/turns/progress';

/** Deltas closer together than this travel as one chunk. */
const COALESCE_MS = 50;

type Gate = { promise: Promise<void>; open: () => void };
type Card = { kind: MessageKind; id: string; text: string };

/**
 * Everything one turn shows, in order: text as it grows, the state of tools, and finished messages. Text said before a
 * card becomes a message of its own, so that the card stands after it, live and after a reload.
 */
export class TurnWriter {
  private unsent = '';
  private said = '';
  private sentAt = 0;
  private between = false;
  private wroteAnything = false;
  private seenSeq = 0;
  private readonly gates = new Map<string, Gate>();

  constructor(
    private readonly turn: {
      ctx: ServiceContext;
      turnId: string;
      conversationId: string;
      clock: Clock;
      onStop: () => void;
    },
  ) {}

  /** Settles once the call with this id has been read from the stream, and with it all text before it. */
  reached(toolCallId: string): Promise<void> {
    return this.gate(toolCallId).promise;
  }

  release(toolCallId: string): void {
    this.gate(toolCallId).open();
  }

  private gate(toolCallId: string): Gate {
    const known = this.gates.get(toolCallId);
    if (known) return known;
    let open = () => {};
    const gate = { promise: new Promise<void>((resolve) => (open = resolve)), open: () => open() };
    this.gates.set(toolCallId, gate);
    return gate;
  }

  /** True while the owner would have seen nothing at all. */
  get silent(): boolean {
    return !this.wroteAnything;
  }

  /** Remembers where the conversation stood, so that what others add to it during the turn is told as well. */
  async start(): Promise<void> {
    const { ctx, conversationId } = this.turn;
    this.seenSeq = (await listMessages(ctx, { conversationId, limit: 1 })).at(-1)?.seq ?? 0;
  }

  /** Tells about messages a tool's work left in this conversation (a card of the gate, a list of changes). */
  async announceNew(): Promise<void> {
    const { ctx, conversationId } = this.turn;
    for (const message of await listMessages(ctx, { conversationId, afterSeq: this.seenSeq })) {
      this.seenSeq = message.seq;
      if (message.role === 'owner') continue;
      this.wroteAnything = true;
      await this.append({ type: 'message', message });
    }
  }

  async text(delta: string): Promise<void> {
    if (delta === '') return;
    // Two blocks of text with a tool between them are two paragraphs.
    const piece = this.between && this.said !== '' ? `\n\n${delta}` : delta;
    this.between = false;
    this.wroteAnything = true;
    this.unsent += piece;
    this.said += piece;
    if (this.turn.clock.now().getTime() - this.sentAt >= COALESCE_MS) await this.send();
  }

  async paragraph(): Promise<void> {
    this.between = true;
    await this.send();
  }

  async tool(name: string, state: 'running' | 'done' | 'failed'): Promise<void> {
    await this.send();
    await this.append({ type: 'tool', name, state });
  }

  async postCard(card: Card): Promise<void> {
    await this.flush();
    this.wroteAnything = true;
    const { ctx, conversationId, turnId } = this.turn;
    await postMessage(ctx, {
      conversationId,
      turnId,
      role: 'agent',
      kind: card.kind,
      text: card.text,
      card: { id: card.id },
    });
    await this.announceNew();
  }

  /** Makes what was said since the last message into a message; `parts` is what the model needs to go on from here. */
  async flush(parts?: readonly ModelMessage[]): Promise<void> {
    await this.send();
    const text = this.said.trim();
    this.said = '';
    this.between = false;
    if (text === '') return;
    const { ctx, conversationId, turnId } = this.turn;
    await postMessage(ctx, {
      conversationId,
      turnId,
      role: 'agent',
      kind: 'TEXT',
      text,
      // Model messages are plain data; through JSON it is certain.
      ...(parts ? { parts: JSON.parse(JSON.stringify(parts)) as NonNullable<PostMessageInput['parts']> } : {}),
    });
    await this.announceNew();
  }

  private async send(): Promise<void> {
    if (this.unsent === '') return;
    const delta = this.unsent;
    this.unsent = '';
    this.sentAt = this.turn.clock.now().getTime();
    await this.append({ type: 'text', delta });
  }

  private async append(chunk: Parameters<typeof appendTurnChunk>[1]['chunk']): Promise<void> {
    const { mayGoOn } = await appendTurnChunk(this.turn.ctx, { turnId: this.turn.turnId, chunk });
    if (!mayGoOn) this.turn.onStop();
  }
}
