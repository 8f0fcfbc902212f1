import * as z from 'zod';
import { expireApprovals, findWorkspacesWithExpired } from '../../services/approvals/expire';
import { resumeStalledDeployments } from '../../services/deployments/resume-stalled';
import { forgetRequests } from '../../services/health/forget-requests';
import { defineJob } from '../define-job';

/** Each minute: closes cards whose time is over, picks up deployments nobody works on, forgets old request counters. */
export const sweep = defineJob({
  kind: 'sweep',
  queue: 'fanout',
  schema: z.object({}),
  async run({ ctx, signal }) {
    for (const workspaceId of await findWorkspacesWithExpired()) {
      if (signal.aborted) return;
      await expireApprovals({ ...ctx, workspaceId });
    }
    await resumeStalledDeployments();
    await forgetRequests();
  },
});
