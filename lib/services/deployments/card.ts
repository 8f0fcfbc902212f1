import type { CampaignStatus } from '../../domain/campaign-status';
import { type Card, DEPLOY_STEPS, type DeployProgressView, type DeployStep } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** Progress cards by deployment id, as they stand now. */
export async function loadDeploymentCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const rows = await tx.deployment.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    include: { campaign: { select: { name: true, status: true } } },
  });
  return new Map(
    rows.map((row): [string, Card] => [
      row.id,
      {
        kind: 'DEPLOY_PROGRESS',
        deploymentId: row.id,
        campaignId: row.campaignRecordId,
        campaignName: row.campaign.name,
        status: row.campaign.status as CampaignStatus,
        steps: stepsOf(row.state, row.currentStep),
        problem: row.state === 'FAILED' ? (row.errorCode ?? 'internal') : null,
        referenceId: row.referenceId,
      },
    ]),
  );
}

/** Steps before the current one are done; the current one runs, or is where it failed. */
export function stepsOf(state: string, currentStep: string | null): DeployProgressView['steps'] {
  const current = DEPLOY_STEPS.indexOf(currentStep as DeployStep);
  return DEPLOY_STEPS.map((step, index) => {
    if (state === 'DONE' || index < current) return { step, state: 'done' };
    if (index > current && !(current < 0 && index === 0)) return { step, state: 'waiting' };
    return { step, state: state === 'FAILED' ? 'failed' : 'running' };
  });
}
