import * as z from 'zod';
import { executeAction } from '../../services/mutations/execute';
import { defineJob } from '../define-job';

const schema = z.object({ actionId: z.string() });

/** Carries out an allowed or approved change; alone on its account. */
export const executeActionJob = defineJob({
  kind: 'execute-action',
  queue: 'account',
  priority: 80,
  schema,
  run: ({ ctx, data, signal }) => executeAction(ctx, { actionId: data.actionId, signal }),
});

/** Stops have their own lane: they never wait behind a pull or a deployment. */
export const executeStopJob = defineJob({
  kind: 'execute-stop',
  queue: 'stop',
  priority: 100,
  schema,
  run: ({ ctx, data, signal }) => executeAction(ctx, { actionId: data.actionId, signal }),
});
