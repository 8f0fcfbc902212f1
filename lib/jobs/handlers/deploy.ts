import * as z from 'zod';
import { runDeployment } from '../../services/deployments/run';
import { defineJob } from '../define-job';

/** Brings an approved plan to the platform; waits are snoozes, so that the account's other work goes on meanwhile. */
export const deploy = defineJob({
  kind: 'deploy',
  queue: 'account',
  priority: 100,
  retryLimit: 12,
  schema: z.object({ deploymentId: z.string() }),
  run: ({ ctx, data, signal }) => runDeployment(ctx, { deploymentId: data.deploymentId, signal }),
});
