import { announceAction } from '../services/activity/announce-action';
import type { Reaction } from './reaction';

/** The gate changed something at the platform: a message with Undo, a line in the artifacts, the bell. */
export const actionExecuted: Reaction = {
  name: 'tell-action',
  hears: ['action.executed'],
  run: ({ event, ctx }) => announceAction(ctx, { actionId: event.subject, eventId: event.id }),
};
