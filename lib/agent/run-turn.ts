import { isStepCount, streamText } from 'ai';
import type { Clock } from '../runtime/clock';
import { newReferenceId } from '../runtime/ids';
import { log } from '../runtime/log';
import type { ServiceContext } from '../services/context';
import { postMessage } from '../services/messages/post';
import { readTurnCause } from '../services/standing/cause';
import { readHistory } from '../services/standing/history';
import { readStanding } from '../services/standing/read';
import { finishTurn, renewTurn } from '../services/turns/progress';
import { agentWords } from '../words/en/agent';
import { metered } from './metering';
import { chooseModel } from './models/choose';
import type { ChatModel } from './models/model';
import { composeInstructions } from './prompts/compose';
import { messagesForModel } from './prompts/history';
import { stateForModel } from './prompts/state';
import { toolsForModel } from './tools/adapt';
import type { Turn } from './tools/tool';
import { errorCodeOf } from './turn-errors';
import { TurnWriter } from './turn-writer';

/** Corrections X04: the brief and what is pinned stand in the state; of the talk itself only this much is sent. */
const MESSAGES_SENT = 20;
/** Model calls per turn: enough to write the brief, show a card and say so. */
const MAX_STEPS = 6;
const RENEW_EVERY_MS = 5_000;

export type RunTurnInput = {
  ctx: ServiceContext;
  turnId: string;
  conversationId: string;
  clock: Clock;
  signal: AbortSignal;
  model?: ChatModel;
};

/**
 * Writes one answer of the agent, detached from whoever asked for it. Everything the owner sees goes to the turn's chunks
 * and to messages; the turn always ends, with a plain sentence when something failed. Never throws.
 */
export async function runTurn(input: RunTurnInput): Promise<void> {
  const { turnId, clock } = input;
  const ctx: ServiceContext = { ...input.ctx, actor: { type: 'agent' } };
  const stopped = new AbortController();
  const signal = AbortSignal.any([input.signal, stopped.signal]);
  const writer = new TurnWriter({
    ctx,
    turnId,
    conversationId: input.conversationId,
    clock,
    onStop: () => stopped.abort(),
  });
  const over = new AbortController();
  const renewing = keepLease(ctx, turnId, clock, over.signal, () => stopped.abort());
  try {
    await answer({ ...input, ctx, signal }, writer);
    await finishTurn(ctx, { turnId, status: signal.aborted ? 'stopped' : 'done' });
  } catch (error) {
    if (signal.aborted) await writer.flush().then(() => finishTurn(ctx, { turnId, status: 'stopped' }));
    else await fail(ctx, input, writer, error);
  } finally {
    over.abort();
    await renewing;
  }
}

async function answer(input: RunTurnInput, writer: TurnWriter): Promise<void> {
  const { ctx, conversationId, turnId, signal } = input;
  const chat = input.model ?? chooseModel();
  const [cause, history, standing] = await Promise.all([
    readTurnCause(ctx, { turnId }),
    readHistory(ctx, { conversationId, limit: MESSAGES_SENT }),
    readStanding(ctx, { conversationId }),
  ]);
  const turn: Turn = {
    id: turnId,
    projectId: standing.project.id,
    conversationId,
    history,
    standing: () => readStanding(ctx, { conversationId }),
    postCard: (card) => writer.postCard(card),
  };
  await writer.start();
  let failure: unknown;
  const result = streamText({
    model: metered(ctx, chat, turnId),
    instructions: composeInstructions(stateForModel(standing, cause, history)),
    messages: messagesForModel(history, cause),
    tools: toolsForModel(ctx, turn, (toolCallId) => writer.reached(toolCallId)),
    stopWhen: isStepCount(MAX_STEPS),
    maxOutputTokens: chat.maxOutputTokens,
    abortSignal: signal,
    maxRetries: 2,
    onError: ({ error }) => {
      failure = error;
    },
  });
  let usedTools = false;
  for await (const part of result.stream) {
    if (part.type === 'text-delta') await writer.text(part.text);
    else if (part.type === 'text-end') await writer.paragraph();
    else if (part.type === 'tool-call') {
      usedTools = true;
      await writer.tool(part.toolName, 'running');
      writer.release(part.toolCallId);
    } else if (part.type === 'tool-result') {
      await writer.tool(part.toolName, isOk(part.output) ? 'done' : 'failed');
      await writer.announceNew();
    } else if (part.type === 'tool-error') await writer.tool(part.toolName, 'failed');
    else if (part.type === 'error') failure = part.error;
  }
  if (signal.aborted) return writer.flush();
  if (failure) throw failure;
  const parts = usedTools ? await result.responseMessages : undefined;
  if (writer.silent) await writer.text(agentWords.lostThread);
  await writer.flush(parts);
}

function isOk(output: unknown): boolean {
  return !(output && typeof output === 'object' && 'ok' in output && output.ok === false);
}

/** A slow model or a long tool must not lose the turn; the same heartbeat hears the owner's Stop while nothing is written. */
async function keepLease(
  ctx: ServiceContext,
  turnId: string,
  clock: Clock,
  over: AbortSignal,
  onLost: () => void,
): Promise<void> {
  for (;;) {
    await clock.sleep(RENEW_EVERY_MS, over);
    if (over.aborted) return;
    try {
      const { mayGoOn } = await renewTurn(ctx, { turnId });
      if (!mayGoOn) return onLost();
    } catch (error) {
      log.warn({ err: error, turnId }, 'a turn could not renew its lease');
    }
  }
}

/** What was said stays; then one honest sentence with a number to call us by. */
async function fail(ctx: ServiceContext, input: RunTurnInput, writer: TurnWriter, error: unknown): Promise<void> {
  const referenceId = newReferenceId();
  const errorCode = errorCodeOf(error);
  log.error({ err: error, turnId: input.turnId, referenceId, errorCode }, 'a turn failed');
  try {
    await writer.flush();
    await postMessage(ctx, {
      conversationId: input.conversationId,
      role: 'system',
      kind: 'TEXT',
      text: agentWords.failed(errorCode, referenceId),
      turnId: input.turnId,
    });
    await writer.announceNew();
    await finishTurn(ctx, { turnId: input.turnId, status: 'failed', errorCode, referenceId });
  } catch (second) {
    // The database itself is gone: the lease runs out and readers see the turn as ended.
    log.error({ err: second, turnId: input.turnId, referenceId }, 'a failed turn could not be closed');
  }
}
