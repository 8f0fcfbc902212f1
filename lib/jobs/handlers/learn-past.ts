import * as z from 'zod';
import { learnPast } from '../../services/past/learn-past';
import { tellPast } from '../../services/past/tell-past';
import { defineJob } from '../define-job';

/** Reads what a newly chosen ad account did before us and says so, once per account. */
export const learnPastJob = defineJob({
  kind: 'learn-past',
  queue: 'account',
  priority: 15,
  schema: z.object({ projectId: z.string() }),
  async run({ ctx, data }) {
    const { learned } = await learnPast(ctx, data);
    await tellPast(ctx, { ...data, learned });
  },
});
