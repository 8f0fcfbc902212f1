import { announceStop } from '../services/notifications/announce-stop';
import type { Reaction } from './reaction';

/** Every pause of a stop was read back: said in each shop it touched. */
export const stopConfirmed: Reaction = {
  name: 'tell-stop-confirmed',
  hears: ['stop.confirmed'],
  run: ({ event, ctx }) => announceStop(ctx, { stopId: event.subject, eventId: event.id }),
};
