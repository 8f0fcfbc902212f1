import type { Verdict } from '../../domain/action';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { newRequestId } from '../../runtime/ids';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { failDeployment } from '../deployments/end';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { readCampaign } from './campaign-state';
import { enqueueExecution } from './enqueue-execution';
import { insertAction } from './insert-action';

/**
 * The emergency stop: every campaign of a project goes to the stop lane, and deployments on their way end where they
 * are. Needs no fresh numbers, no quota and no healthy connection; each pause is confirmed by reading it back.
 * @throws AppError not_permitted, not_found
 */
export async function pauseEverything(
  ctx: ServiceContext,
  input: { projectId: string },
): Promise<{ actionIds: string[] }> {
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'ads.stop');
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    const running = await tx.deployment.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, state: 'RUNNING' },
      select: { id: true },
    });
    for (const deployment of running)
      await failDeployment(inner, {
        deploymentId: deployment.id,
        code: 'not_permitted',
        reason: 'stopped by the owner',
      });
    const campaigns = await tx.campaignRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        status: { in: [...WATCHED_STATUSES, 'DEPLOY_FAILED'] },
        remoteObjects: { some: { level: 'campaign' } },
      },
      select: { id: true, status: true },
    });
    const verdict: Verdict = { answer: 'allow', reasons: ['owner_asked'] };
    const now = await workspaceNow(inner, tx);
    const today = now.toISOString().slice(0, 10);
    const actionIds: string[] = [];
    for (const { id } of campaigns) {
      const campaign = await readCampaign(tx, inner, id);
      const created = await insertAction(tx, inner, {
        campaign,
        action: { kind: 'pause_campaign' },
        verdict,
        dedupeKey: `${id}:stop:${newRequestId()}`,
        evidence: {
          rule: 'owner-stop',
          facts: [],
          confidence: null,
          alternatives: [],
          wouldChange: [],
          since: today,
          until: today,
        },
      });
      if (!created) continue;
      actionIds.push(created.id);
      await record(tx, inner, {
        event: 'action.proposed',
        subject: { type: 'action', id: created.id },
        projectId: input.projectId,
        payload: { campaignId: id, kind: 'pause_campaign', answer: 'allow' },
        audit: { after: { kind: 'pause_campaign', answer: 'allow' }, reason: { reasons: 'owner_asked' } },
      });
      await enqueueExecution(tx, inner, { actionId: created.id });
    }
    return { actionIds };
  });
}
