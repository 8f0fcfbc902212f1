import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachOfThem } from '@/lib/jobs/each-of-them';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { resumeStalledDeployments } from '@/lib/services/deployments/resume-stalled';
import { resumeStalledActions } from '@/lib/services/mutations/resume-stalled-actions';
import { buildLaunch, type Launch, queuedJobs } from '../../fixtures/launch';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const live = new AbortController().signal;

describe('a sweep over many', () => {
  it('one that throws holds up none of the others, and the sweep still counts as failed', async () => {
    const ran: string[] = [];
    const part = (name: string, fails = false) =>
      [
        name,
        async () => {
          ran.push(name);
          if (fails) throw new Error(name);
        },
      ] as const;
    await expect(eachOfThem('test', live, [part('a', true), part('b'), part('c', true), part('d')])).rejects.toThrow(
      '2 parts failed',
    );
    expect(ran).toEqual(['a', 'b', 'c', 'd']);
    await expect(eachOfThem('test', live, [part('a'), part('b', true)])).rejects.toMatchObject({ message: 'test: b' });
  });
});

async function approved(): Promise<Launch & { deploymentId: string }> {
  const launch = await buildLaunch();
  await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' });
  const { id } = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.deployment.findFirstOrThrow({ where: { campaignRecordId: launch.campaignRecordId } }),
  );
  return { ...launch, deploymentId: id };
}
const dropJobs = (launch: Launch) =>
  inSystem(
    (tx) =>
      tx.$executeRaw`UPDATE jobs.job SET state = 'completed', completed_on = now() WHERE data->>'workspaceId' = ${launch.ctx.workspaceId}`,
  );

it('a deployment that fails again before any attempt ran is resumed by a job of its own each time', async () => {
  const launch = await approved();
  for (const round of [1, 2, 3]) {
    await dropJobs(launch);
    await inWorkspace(launch.ctx.workspaceId, async (tx) => {
      await tx.deployment.update({
        where: { id: launch.deploymentId },
        data: { state: 'FAILED', finishedAt: new Date(Date.now() + round) },
      });
      await tx.campaignRecord.update({ where: { id: launch.campaignRecordId }, data: { status: 'DEPLOY_FAILED' } });
    });
    expect((await resumeDeployment(launch.ctx, { deploymentId: launch.deploymentId })).resumed).toBe(true);
    expect(await queuedJobs(launch.ctx.workspaceId, 'deploy')).toHaveLength(1);
  }
});

it('a deployment whose job was lost is sent again, and one that still has its job is not', async () => {
  const launch = await approved();
  const age = (minutes: number) =>
    inSystem(
      (tx) => tx.$executeRaw`
      UPDATE "Deployment" SET "updatedAt" = (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${minutes}) WHERE "id" = ${launch.deploymentId}`,
    );
  await age(60);
  await resumeStalledDeployments();
  expect(await queuedJobs(launch.ctx.workspaceId, 'deploy')).toHaveLength(1);
  await dropJobs(launch);
  await resumeStalledDeployments();
  expect(await queuedJobs(launch.ctx.workspaceId, 'deploy')).toHaveLength(1);
});

it('an action left "being carried out" without a job goes to the gate again; one of a stop does not', async () => {
  const launch = await approved();
  const { workspaceId } = launch.ctx;
  const action = (id: string) => ({
    id,
    workspaceId,
    projectId: launch.projectId,
    campaignRecordId: launch.campaignRecordId,
    kind: 'pause_ad',
    state: 'EXECUTING',
    action: { kind: 'pause_ad', adKey: 'ad-1' },
    evidence: {},
    verdict: { answer: 'allow', reasons: [] },
    dedupeKey: id,
    occurredAt: new Date(),
    createdAt: new Date(Date.now() - 3_600_000),
  });
  const [mine, stops] = [randomUUID(), randomUUID()];
  await inWorkspace(workspaceId, async (tx) => {
    await tx.campaignActionRecord.createMany({ data: [action(mine), action(stops)] });
    const order = await tx.stopOrder.create({
      data: { workspaceId, via: 'owner', actor: { type: 'system' }, occurredAt: new Date(), state: 'RELEASED' },
    });
    await tx.stopTarget.create({
      data: {
        workspaceId,
        stopId: order.id,
        projectId: launch.projectId,
        campaignRecordId: launch.campaignRecordId,
        accountId: 'act_1',
        actionId: stops,
      },
    });
  });
  await resumeStalledActions();
  await resumeStalledActions();
  expect((await queuedJobs(workspaceId, 'execute-stop')).map(({ data }) => data.actionId)).toEqual([mine]);
});
