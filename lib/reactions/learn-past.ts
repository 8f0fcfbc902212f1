import { queueLearning } from '../services/past/queue-learning';
import type { Reaction } from './reaction';

/** A chosen account has a past. It is told once the brief stands, so a brief confirmed later asks again. */
export const learnFromPast: Reaction = {
  name: 'learn-past',
  hears: ['account.selected', 'brief.confirmed'],
  async run({ event, ctx }) {
    if (event.projectId) await queueLearning(ctx, { projectId: event.projectId, eventId: event.id });
  },
};
