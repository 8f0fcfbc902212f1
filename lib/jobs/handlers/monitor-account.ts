import * as z from 'zod';
import { answerAlarms } from '../../services/monitor/answer-alarms';
import { monitorAccount } from '../../services/monitor/monitor-account';
import { defineJob } from '../define-job';
import { runJobNow } from '../run-now';

/** Real seconds until a slot that somebody else is pulling is looked at again. */
const BUSY_SECONDS = 20;

/** Pulls one ad account for its slot of business time, then stops or goes on where an alarm asks for it, and decides (once per account day). */
export const monitorAccountJob = defineJob({
  kind: 'monitor-account',
  queue: 'account',
  priority: 10,
  schema: z.object({ adAccountId: z.string() }),
  async run({ ctx, data, signal, clock }) {
    const { state } = await monitorAccount(ctx, data);
    if (state === 'busy') return { snoozeSeconds: BUSY_SECONDS };
    // Also after "already": a run that died between pulling and deciding is finished here.
    if (state === 'pulled' || state === 'already') {
      await answerAlarms(ctx, data);
      return runJobNow('optimize', ctx, data, { signal, clock });
    }
  },
});
