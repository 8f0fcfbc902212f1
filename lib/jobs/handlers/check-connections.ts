import * as z from 'zod';
import { checkLogin } from '../../services/connections/check-health';
import { enqueueDueChecks } from '../../services/connections/due-checks';
import { forgetOldLimits } from '../../services/connections/pace';
import { defineJob } from '../define-job';

/** Each minute: starts the daily look at every login that is due, across workspaces. */
export const checkConnectionsJob = defineJob({
  kind: 'check-connections',
  queue: 'fanout',
  schema: z.object({}),
  async run() {
    await enqueueDueChecks();
    await forgetOldLimits();
  },
});

/** Looks at one login: token, permissions, what stands behind it. */
export const checkConnectionJob = defineJob({
  kind: 'check-connection',
  queue: 'account',
  priority: 5,
  schema: z.object({ connectionId: z.string() }),
  async run({ ctx, data }) {
    await checkLogin(ctx, data);
  },
});
