import * as z from 'zod';
import { answerAlarms } from '../../services/monitor/answer-alarms';
import { watchSites } from '../../services/monitor/watch-sites';
import { defineJob } from '../define-job';

/** Looks at the pages of an account in doubt between two pulls, and stops or goes on where that shows something. */
export const watchSitesJob = defineJob({
  kind: 'watch-sites',
  queue: 'account',
  priority: 15,
  schema: z.object({ adAccountId: z.string() }),
  async run({ ctx, data }) {
    const { looked } = await watchSites(ctx, data);
    if (looked) await answerAlarms(ctx, data);
  },
});
