import * as z from 'zod';
import { route } from '@/lib/http/route';
import { eventStream } from '@/lib/http/sse';
import { turnEvents } from '@/lib/http/turn-stream';
import { readTurn } from '@/lib/services/turns/read';

export const maxDuration = 300;

const query = z.object({ after: z.coerce.number().pipe(z.int32().min(0)).default(0) });

export const GET = route({ name: 'turn-events', query }, async ({ session, params, query: { after }, request }) => {
  const turnId = params.turnId ?? '';
  await readTurn(session.ctx, { turnId, afterSeq: after });
  return eventStream(session, request, (signal) => turnEvents(session.ctx, turnId, after, signal), {
    'x-turn-id': turnId,
  });
});
