import { conversationOfApproval } from '../services/notifications/conversation-of-approval';
import { requestTurn } from '../services/turns/request';
import type { Reaction } from './reaction';

/** The owner wants the card different: the agent asks what to change, or changes what was already said. */
export const changesRequested: Reaction = {
  name: 'ask-what-to-change',
  hears: ['approval.decided'],
  async run({ event, ctx }) {
    if (event.payload.decision !== 'request_changes') return;
    const conversationId = await conversationOfApproval(ctx, { approvalId: event.subject });
    if (conversationId)
      await requestTurn(ctx, { conversationId, cause: { type: 'changes_requested', approvalId: event.subject } });
  },
};
