import { announceDeployment } from '../services/notifications/announce-deployment';
import type { Reaction } from './reaction';

/** The plan is at the platform, or could not get there: said in the campaign's conversation as it really stands. */
export const deploymentEnded: Reaction = {
  name: 'tell-deployment-end',
  hears: ['deployment.finished', 'deployment.failed'],
  async run({ event, ctx }) {
    // Ended by the stop: that is told by the stop itself.
    if (event.payload.errorCode === 'stopped') return;
    const ended = event.type === 'deployment.failed' ? 'FAILED' : String(event.payload.status ?? '');
    await announceDeployment(ctx, { deploymentId: event.subject, ended, eventId: event.id });
  },
};
