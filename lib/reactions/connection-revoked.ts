import { tellProject } from '../services/notifications/tell-project';
import type { Reaction } from './reaction';

/** Somebody took our access away at the platform. A login that another one replaced needs no word: nothing is lost. */
export const connectionRevoked: Reaction = {
  name: 'tell-revoked-connection',
  hears: ['connection.revoked'],
  async run({ event, ctx }) {
    if (!event.projectId || event.payload.reason === 'taken_over') return;
    await tellProject(ctx, {
      projectId: event.projectId,
      key: 'connection_revoked',
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
    });
  },
};
