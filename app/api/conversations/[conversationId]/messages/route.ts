import * as z from 'zod';
import { route } from '@/lib/http/route';
import { listMessages } from '@/lib/services/messages/list';

const query = z.object({ after: z.coerce.number().pipe(z.int32().min(0)).default(0) });

export const GET = route({ name: 'messages', query }, async ({ session, params, query: { after } }) => ({
  messages: await listMessages(session.ctx, { conversationId: params.conversationId ?? '', afterSeq: after }),
}));
