import * as z from 'zod';
import { sendLaunchMail } from '../../services/mail/send-launch-mail';
import { defineJob } from '../define-job';

/** The e-mail of a launch, with the link that can only pause. */
export const launchMailJob = defineJob({
  kind: 'launch-mail',
  queue: 'user',
  schema: z.object({ deploymentId: z.string() }),
  async run({ ctx, data }) {
    await sendLaunchMail(ctx, data);
  },
});
