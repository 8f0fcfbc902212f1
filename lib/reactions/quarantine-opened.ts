import { tellConnection } from '../services/notifications/tell-connection';
import type { Reaction } from './reaction';

/** A connection is held still: said once in every project that runs ads through it, with what goes on and what does not. */
export const quarantineOpened: Reaction = {
  name: 'tell-quarantine',
  hears: ['quarantine.opened'],
  async run({ event, ctx }) {
    await tellConnection(ctx, {
      connectionId: event.subject,
      key: 'connection_held',
      params: { reason: String(event.payload.reason ?? '') },
      tone: 'warning',
      bell: 'ALERT',
      eventId: event.id,
    });
  },
};
