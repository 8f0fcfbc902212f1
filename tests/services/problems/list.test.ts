import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { failDeployment } from '@/lib/services/deployments/end';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { takeDeployment } from '@/lib/services/deployments/take';
import { listProblems } from '@/lib/services/problems/list';
import { buildOwner } from '../../factories';
import { buildLaunch } from '../../fixtures/launch';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

it('a start that failed waits for somebody until it is tried again, and nobody else sees it', async () => {
  const launch = await buildLaunch();
  const now = new Date();
  expect(await listProblems(launch.ctx, { now })).toEqual([]);
  await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' });
  const { id: deploymentId } = await inWorkspace(launch.ctx.workspaceId, (tx) => tx.deployment.findFirstOrThrow());
  await takeDeployment(launch.ctx, { deploymentId });
  await failDeployment(launch.ctx, { deploymentId, code: 'platform_fix_input', reason: 'refused' });
  const [problem, ...rest] = await listProblems(launch.ctx, { now });
  expect(rest).toEqual([]);
  expect(problem).toMatchObject({
    kind: 'launch',
    subject: launch.plan.name,
    code: 'platform_fix_input',
    count: 1,
    again: { type: 'deployment', campaignRecordId: launch.campaignRecordId },
  });
  expect(await listProblems((await buildOwner()).ctx, { now })).toEqual([]);
  const later = new Date(now.getTime() + 15 * 86_400_000);
  expect(await listProblems(launch.ctx, { now: later }), 'told for two weeks').toEqual([]);

  await resumeDeployment(launch.ctx, { campaignRecordId: launch.campaignRecordId });
  expect(await listProblems(launch.ctx, { now })).toEqual([]);
});
