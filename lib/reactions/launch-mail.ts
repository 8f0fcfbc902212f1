import { queueLaunchMail } from '../services/mail/queue-launch-mail';
import type { Reaction } from './reaction';

/** Every launch brings a mail with the link that can only pause. */
export const launchMail: Reaction = {
  name: 'mail-launch',
  hears: ['deployment.finished'],
  run: ({ event, ctx }) => queueLaunchMail(ctx, { deploymentId: event.subject }),
};
