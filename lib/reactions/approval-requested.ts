import { announceApproval } from '../services/notifications/announce-approval';
import type { Reaction } from './reaction';

/** A card waits for the owner: the bell leads to it. */
export const approvalRequested: Reaction = {
  name: 'bell-for-approval',
  hears: ['approval.requested'],
  run: ({ event, ctx }) => announceApproval(ctx, { approvalId: event.subject, eventId: event.id }),
};
