import * as z from 'zod';
import { route } from '@/lib/http/route';
import { discardDeadLetter, redriveDeadLetter } from '@/lib/services/dead-letters/settle';

const body = z.strictObject({ decision: z.enum(['redrive', 'discard']) });

export const POST = route({ name: 'dead-letter', body }, async ({ session, params, body: { decision } }) => {
  const input = { deadLetterId: params.deadLetterId ?? '' };
  if (decision === 'redrive') await redriveDeadLetter(session.ctx, input);
  else await discardDeadLetter(session.ctx, input);
  return { done: true };
});
