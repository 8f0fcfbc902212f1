import { after } from 'next/server';
import * as z from 'zod';
import { runTurnDetached } from '@/lib/agent/run-turn-detached';
import { type BriefInput, briefInput, patchFromInput } from '@/lib/agent/tools/brief-input';
import { MAX_ATTACHMENTS } from '@/lib/domain/attachment';
import { AppError } from '@/lib/domain/errors';
import { route } from '@/lib/http/route';
import { eventStream } from '@/lib/http/sse';
import { turnEvents } from '@/lib/http/turn-stream';
import { receiveMessage } from '@/lib/services/messages/receive';

export const maxDuration = 300;

const body = z
  .object({
    conversationId: z.string().min(1),
    content: z.string().trim().max(4000),
    messageId: z.string().min(8).max(64).optional(),
    /** Ids that POST /api/files answered with. */
    attachments: z
      .array(z.string().regex(/^[0-9a-f]{64}$/))
      .max(MAX_ATTACHMENTS)
      .optional(),
    /** What a form asked beside the words: facts of the brief. */
    answers: briefInput.strict().optional(),
  })
  .refine(({ content, attachments }) => content !== '' || (attachments?.length ?? 0) > 0, { path: ['content'] });

export const POST = route(
  { name: 'chat-message', body, limitPerMinute: 30 },
  async ({ session, body: sent, request }) => {
    const { ctx } = session;
    const answers = sent.answers ? answersFrom(sent.answers) : null;
    const { turnId, duplicate } = await receiveMessage(ctx, {
      conversationId: sent.conversationId,
      content: sent.content,
      ...(sent.messageId ? { clientMessageId: sent.messageId } : {}),
      ...(sent.attachments ? { attachments: sent.attachments } : {}),
      ...(answers ? { answers } : {}),
    });
    // The turn belongs to the server from here on: the reader may leave, the answer is written all the same.
    if (!duplicate) after(runTurnDetached({ ctx, turnId, conversationId: sent.conversationId }));
    return eventStream(session, request, (signal) => turnEvents(ctx, turnId, 0, signal), { 'x-turn-id': turnId });
  },
);

/** @throws AppError invalid_input for an amount that is none */
function answersFrom(input: BriefInput) {
  const { patch, problems } = patchFromInput(input);
  if (problems.length > 0) throw new AppError('invalid_input', { fields: problems.map(({ field }) => field) });
  return patch;
}
