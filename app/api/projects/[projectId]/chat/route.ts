import * as z from 'zod';
import { route } from '@/lib/http/route';
import { openChat } from '@/lib/services/projects/open-chat';

const query = z.object({ conversation: z.string().min(1).optional() });

/** What the chat page shows, for clients that are not our pages. Opening a project starts its onboarding, as there. */
export const GET = route({ name: 'chat-open', query }, async ({ session, params, query: { conversation } }) =>
  openChat(session.ctx, {
    projectId: params.projectId ?? '',
    ...(conversation ? { conversationId: conversation } : {}),
  }),
);
