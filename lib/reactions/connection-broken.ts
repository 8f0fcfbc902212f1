import { tellProject } from '../services/notifications/tell-project';
import type { Reaction } from './reaction';

/** The platform no longer accepts our token: said once, with where to go. */
export const connectionBroken: Reaction = {
  name: 'tell-broken-connection',
  hears: ['connection.broken'],
  async run({ event, ctx }) {
    if (event.projectId)
      await tellProject(ctx, {
        projectId: event.projectId,
        key: 'connection_broken',
        tone: 'warning',
        bell: 'ALERT',
        eventId: event.id,
      });
  },
};
