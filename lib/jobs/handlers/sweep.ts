import * as z from 'zod';
import { expireApprovals, findWorkspacesWithExpired } from '../../services/approvals/expire';
import { resumeStalledDeployments } from '../../services/deployments/resume-stalled';
import { forgetRequests } from '../../services/health/forget-requests';
import { resumeStalledActions } from '../../services/mutations/resume-stalled-actions';
import { resumeStops } from '../../services/mutations/resume-stops';
import { defineJob } from '../define-job';
import { eachOfThem } from '../each-of-them';

/**
 * Each minute: goes on with stops, closes cards whose time is over, picks up deployments and actions nobody works on,
 * forgets old request counters. One part, or one workspace, that fails holds up none of the others.
 */
export const sweep = defineJob({
  kind: 'sweep',
  queue: 'fanout',
  schema: z.object({}),
  async run({ ctx, signal }) {
    await eachOfThem('sweep', signal, [
      ['stops', resumeStops],
      ['cards', () => expireEverywhere(ctx, signal)],
      ['deployments', resumeStalledDeployments],
      ['actions', resumeStalledActions],
      ['requests', forgetRequests],
    ]);
  },
});

async function expireEverywhere(ctx: Parameters<typeof expireApprovals>[0], signal: AbortSignal): Promise<void> {
  const workspaces = await findWorkspacesWithExpired();
  await eachOfThem(
    'cards',
    signal,
    workspaces.map((workspaceId) => [workspaceId, () => expireApprovals({ ...ctx, workspaceId })] as const),
  );
}
