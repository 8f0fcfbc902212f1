import { readBrief } from '../services/briefs/read';
import { projectConversationFor } from '../services/conversations/current';
import { requestTurn } from '../services/turns/request';
import type { Reaction } from './reaction';

/**
 * Account and Page stand: the agent goes on by itself. A login alone is not enough (the owner may still have to pick),
 * and a shop that is connected before the brief is confirmed (a pretend one) waits for the brief.
 */
export const accountSelected: Reaction = {
  name: 'go-on-after-connecting',
  hears: ['account.selected'],
  async run({ event, ctx }) {
    if (!event.projectId) return;
    const brief = await readBrief(ctx, { projectId: event.projectId });
    if (!brief?.confirmedAt) return;
    const { conversationId } = await projectConversationFor(ctx, { projectId: event.projectId });
    await requestTurn(ctx, { conversationId, cause: { type: 'connected' } });
  },
};
