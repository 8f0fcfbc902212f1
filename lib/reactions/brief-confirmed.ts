import { projectConversationFor } from '../services/conversations/current';
import { requestTurn } from '../services/turns/request';
import type { Reaction } from './reaction';

/** The owner confirmed the brief: the agent goes on by itself. */
export const briefConfirmed: Reaction = {
  name: 'go-on-after-brief',
  hears: ['brief.confirmed'],
  async run({ event, ctx }) {
    if (!event.projectId) return;
    const { conversationId } = await projectConversationFor(ctx, { projectId: event.projectId });
    await requestTurn(ctx, { conversationId, cause: { type: 'brief_confirmed' } });
  },
};
