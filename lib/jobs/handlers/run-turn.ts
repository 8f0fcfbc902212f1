import * as z from 'zod';
import { AppError } from '../../domain/errors';
import { isAnswered } from '../../services/turns/answer-left';
import type { TurnCause } from '../../services/turns/request';
import { startTurn } from '../../services/turns/start';
import { defineJob } from '../define-job';

/** Seconds until a requested turn is tried again while another one of the conversation is being written. */
const BUSY_SECONDS = 2;

/** Lets the agent speak without a browser: after connecting, after a card, when something happened. */
export const runTurnJob = defineJob({
  kind: 'run-turn',
  queue: 'user',
  priority: 50,
  schema: z.object({ conversationId: z.string(), cause: z.string() }),
  async run({ ctx, data, signal, clock }) {
    const cause = JSON.parse(data.cause) as TurnCause;
    const { conversationId } = data;
    // Between the request for this turn and now, the next message may have been answered, and this one with it.
    if (cause.type === 'message' && (await isAnswered(ctx, { conversationId, messageId: cause.messageId }))) return;
    // The model's libraries load where a turn runs, not wherever a job is sent.
    const { runTurn } = await import('../../agent/run-turn');
    try {
      const { turnId } = await startTurn(ctx, { conversationId: data.conversationId, cause });
      await runTurn({ ctx, turnId, conversationId: data.conversationId, clock, signal });
    } catch (error) {
      if (error instanceof AppError && error.code === 'turn_running') return { snoozeSeconds: BUSY_SECONDS };
      throw error;
    }
  },
});
