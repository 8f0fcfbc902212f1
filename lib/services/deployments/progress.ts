import type { DeployStep } from '../../domain/message';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import type { Taken } from './take';

/** Tells readers that the next part has begun. Resuming past finished parts tells nothing twice. */
export async function enterStep(ctx: ServiceContext, taken: Taken, step: DeployStep): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const changed = await tx.deployment.updateMany({
      where: {
        workspaceId: ctx.workspaceId,
        id: taken.deploymentId,
        state: 'RUNNING',
        fence: taken.fence,
        OR: [{ currentStep: null }, { currentStep: { not: step } }],
      },
      data: { currentStep: step },
    });
    if (changed.count === 0) return;
    await record(tx, inner, {
      event: 'deployment.progressed',
      subject: { type: 'deployment', id: taken.deploymentId },
      projectId: taken.projectId,
      payload: { campaignId: taken.campaignRecordId, step },
    });
  });
}

/** Whether this attempt may still write: the deployment runs and no newer attempt took it. */
export async function isStillMine(ctx: ServiceContext, taken: Taken): Promise<boolean> {
  const mine = { workspaceId: ctx.workspaceId, id: taken.deploymentId, state: 'RUNNING', fence: taken.fence };
  return (await transact(ctx, (tx) => tx.deployment.count({ where: mine }))) === 1;
}
