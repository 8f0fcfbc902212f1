import * as z from 'zod';
import { keepInsightMonths } from '../../services/insights/keep-months';
import { defineJob } from '../define-job';

/** Once a day: the months of the numbers, coming ones made and old ones dropped. */
export const keepInsightsJob = defineJob({
  kind: 'keep-insights',
  queue: 'fanout',
  schema: z.object({}),
  async run() {
    await keepInsightMonths();
  },
});
