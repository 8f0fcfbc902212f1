import * as z from 'zod';
import { expireApprovals, findWorkspacesWithExpired } from '../../services/approvals/expire';
import { resumeStalledDeployments } from '../../services/deployments/resume-stalled';
import { forgetStreams } from '../../services/events/forget-streams';
import { forgetRequests } from '../../services/health/forget-requests';
import { resumeStalledActions } from '../../services/mutations/resume-stalled-actions';
import { resumeStops } from '../../services/mutations/resume-stops';
import { answerLeftMessages } from '../../services/turns/answer-left';
import { closeLostReservations } from '../../services/usage/close-lost';
import { defineJob } from '../define-job';
import { eachOfThem } from '../each-of-them';

/**
 * Each minute: goes on with stops, closes cards whose time is over, picks up deployments and actions nobody works on,
 * answers messages whose server died, forgets old counters and streams, closes lost reservations of the model. One part, or one workspace, that fails holds up none of the others.
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
      ['streams', forgetStreams],
      ['messages', answerLeftMessages],
      ['reservations', closeLostReservations],
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
