import * as z from 'zod';
import { runDueReports } from '../../services/schedules/weekly-report';
import { defineJob } from '../define-job';

/** Writes a project's reports that are due. On the account's lane: it asks the platform for the week's reach. */
export const weeklyReportJob = defineJob({
  kind: 'weekly-report',
  queue: 'account',
  priority: 20,
  schema: z.object({ projectId: z.string() }),
  async run({ ctx, data }) {
    await runDueReports(ctx, data);
  },
});
