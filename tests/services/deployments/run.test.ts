import { describe, expect, it } from 'vitest';
import { inWorkspace } from '@/lib/runtime/db';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { runDeployment } from '@/lib/services/deployments/run';
import { listMessages } from '@/lib/services/messages/list';
import { queuedJobs } from '../../fixtures/launch';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';
import { withSimulator } from '../../fixtures/with-simulator';

const simulator = withSimulator({ SIMULATOR_SETTLE_MS: '1000', META_TIMEOUT_MS: '3000' });

const signal = new AbortController().signal;
/** Runs a deployment as the queue would: again after each wait, up to a number of times. */
async function runToEnd(launch: SimulatedLaunch, deploymentId: string, most = 20): Promise<number> {
  for (let run = 1; run <= most; run += 1) {
    const outcome = await runDeployment(
      { ...launch.ctx, actor: { type: 'job', name: 'deploy' } },
      { deploymentId, signal },
    );
    if (!outcome) return run;
    await new Promise((resolve) => setTimeout(resolve, outcome.snoozeSeconds * 1000));
  }
  throw new Error('the deployment never ended');
}
const fault = (launch: SimulatedLaunch, draft: Record<string, unknown>) =>
  simulator.admin('POST', 'faults', { world: launch.world.worldId, ...draft });
const namesOf = (objects: { name: string }[]) => objects.map((object) => object.name);

describe('an approved deployment', () => {
  it('builds everything paused, switches the campaign on last, and says only what the platform says', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    expect(await runToEnd(launch, deploymentId)).toBe(1);
    const { campaign, approval, deployment, effects, objects, events, tree } = await standing(launch);
    expect(deployment).toMatchObject({ state: 'DONE', errorCode: null });
    expect(approval.state).toBe('DONE');
    expect(campaign.status).toBe('IN_REVIEW');
    expect(tree.map((seen) => [seen.level, seen.status])).toEqual([
      ['campaign', 'ACTIVE'],
      ['adset', 'ACTIVE'],
      ['ad', 'ACTIVE'],
      ['ad', 'ACTIVE'],
      ['ad', 'ACTIVE'],
    ]);
    expect(effects.every((effect) => effect.state === 'DONE' && effect.attempts === 1)).toBe(true);
    expect(objects.map((object) => object.level).sort()).toEqual([
      'ad',
      'ad',
      'ad',
      'adset',
      'campaign',
      'creative',
      'creative',
      'creative',
    ]);
    for (const type of [
      'deployment.started',
      'deployment.progressed',
      'deployment.finished',
      'campaign.status_changed',
    ])
      expect(events).toContain(type);
    const sent = (await simulator.admin('GET', `requests?world=${launch.world.worldId}`)) as {
      requests: { method: string; path: string; params: { status?: string } }[];
    };
    const switches = sent.requests.filter((request) => request.method === 'POST' && request.params.status === 'ACTIVE');
    expect(switches).toHaveLength(5);
    expect(switches.at(-1)?.path).toContain(objects.find((object) => object.level === 'campaign')?.remoteId);
    expect(
      sent.requests.filter((request) => request.method === 'POST' && request.params.status === 'PAUSED').length,
    ).toBeGreaterThanOrEqual(5);
  });

  it('posts its progress card once, and the card follows the row', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await runToEnd(launch, deploymentId);
    await runDeployment(launch.ctx, { deploymentId, signal });
    const cards = (await listMessages(launch.ctx, { conversationId: launch.conversationId })).filter(
      (message) => message.kind === 'DEPLOY_PROGRESS',
    );
    expect(cards).toHaveLength(1);
    const card = cards[0]?.card;
    expect(card).toMatchObject({ kind: 'DEPLOY_PROGRESS', status: 'IN_REVIEW', problem: null });
    expect(card?.kind === 'DEPLOY_PROGRESS' && card.steps.every((step) => step.state === 'done')).toBe(true);
  });

  it('two workers at once make each object once', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await Promise.all([runToEnd(launch, deploymentId), runToEnd(launch, deploymentId)]);
    await runToEnd(launch, deploymentId);
    const { deployment, tree } = await standing(launch);
    expect(deployment?.state).toBe('DONE');
    expect(tree.map((seen) => seen.level)).toEqual(['campaign', 'adset', 'ad', 'ad', 'ad']);
    expect(new Set(namesOf(tree)).size).toBe(5);
  });
});

describe('when an answer is lost', () => {
  it.each(['campaigns', 'adsets', 'adcreatives', '/ads'])(
    'after a create at %s, the object is found and not made again',
    async (path) => {
      const launch = await buildSimulatedLaunch();
      const deploymentId = await approve(launch);
      await fault(launch, { kind: 'drop_after', match: { method: 'POST', path } });
      expect(await runToEnd(launch, deploymentId)).toBeGreaterThan(1);
      const { deployment, tree, effects } = await standing(launch);
      expect(deployment?.state).toBe('DONE');
      expect(tree).toHaveLength(5);
      expect(effects.filter((effect) => effect.kind.startsWith('create_'))).toHaveLength(8);
    },
  );

  it('before it arrived, it is sent again', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'drop_before', match: { method: 'POST', path: 'campaigns' } });
    await runToEnd(launch, deploymentId);
    expect((await standing(launch)).tree).toHaveLength(5);
  });

  it('and looking gives nothing certain, nothing is made', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'drop_after', match: { method: 'POST', path: 'campaigns' } });
    await fault(launch, { kind: 'http_500', times: 0, match: { method: 'GET', path: 'campaigns' } });
    const run = () => runDeployment(launch.ctx, { deploymentId, signal });
    expect(await run()).toMatchObject({ snoozeSeconds: expect.any(Number) });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (let again = 0; again < 3; again += 1) expect(await run()).toMatchObject({ snoozeSeconds: expect.any(Number) });
    const { effects } = await standing(launch);
    expect(effects.find((effect) => effect.kind === 'create_campaign')).toMatchObject({
      state: 'UNKNOWN',
      remoteId: null,
    });
    const sent = (await simulator.admin('GET', `requests?world=${launch.world.worldId}`)) as {
      requests: { method: string; path: string }[];
    };
    expect(
      sent.requests.filter((request) => request.method === 'POST' && request.path.endsWith('campaigns')),
    ).toHaveLength(1);
  });

  it('of the last switch, the platform is asked whether it is on', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'drop_after', nth: 5, match: { method: 'POST', body: 'ACTIVE' } });
    await runToEnd(launch, deploymentId);
    const { deployment, campaign, tree } = await standing(launch);
    expect([deployment?.state, campaign.status, tree[0]?.status]).toEqual(['DONE', 'IN_REVIEW', 'ACTIVE']);
  });
});

describe('when it cannot go on', () => {
  it('a refusal ends it honestly with nothing switched on, and a resume goes on from there', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'error', nth: 2, match: { method: 'POST', path: '/ads' } });
    await runToEnd(launch, deploymentId);
    const failed = await standing(launch);
    expect(failed.deployment).toMatchObject({
      state: 'FAILED',
      errorCode: 'platform_fix_input',
      referenceId: expect.stringMatching(/^[0-9A-F]{10}$/),
    });
    expect([failed.campaign.status, failed.approval.state]).toEqual(['DEPLOY_FAILED', 'FAILED']);
    expect(failed.tree.every((seen) => seen.status === 'PAUSED')).toBe(true);
    const card = (await listMessages(launch.ctx, { conversationId: launch.conversationId })).find(
      (message) => message.kind === 'DEPLOY_PROGRESS',
    )?.card;
    expect(card).toMatchObject({
      problem: 'platform_fix_input',
      referenceId: failed.deployment?.referenceId,
      steps: expect.arrayContaining([{ step: 'ads', state: 'failed' }]),
    });
    const resumes = await Promise.all(
      [1, 2, 3].map(() => resumeDeployment(launch.ctx, { campaignRecordId: launch.campaignRecordId })),
    );
    expect(resumes.filter((one) => one.resumed)).toHaveLength(1);
    expect(await queuedJobs(launch.ctx.workspaceId, 'deploy')).toHaveLength(2);
    await runToEnd(launch, deploymentId);
    const { deployment, campaign, approval, tree } = await standing(launch);
    expect([deployment?.state, campaign.status, approval.state, tree.length]).toEqual(['DONE', 'IN_REVIEW', 'DONE', 5]);
  });

  it('what the platform does not show yet is waited for, and is no refusal', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'lookup_lag', times: 0, match: { method: 'POST' }, params: { ms: 500 } });
    expect(await runToEnd(launch, deploymentId, 40)).toBeGreaterThan(1);
    const { deployment, campaign, tree } = await standing(launch);
    expect([deployment?.state, deployment?.errorCode, campaign.status]).toEqual(['DONE', null, 'IN_REVIEW']);
    expect(tree.map((seen) => seen.status)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE']);
  });

  it('a busy platform is waited for, and the deployment stays running', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'throttle', match: { method: 'POST', path: 'adsets' } });
    await expect(runDeployment(launch.ctx, { deploymentId, signal })).rejects.toMatchObject({
      code: 'platform_retry_later',
    });
    const row = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.deployment.findUniqueOrThrow({ where: { id: deploymentId } }),
    );
    expect(row.state).toBe('RUNNING');
  });

  it.each(['Not ours', 'a second copy'])('%s below the campaign is never switched on with it', async (name) => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'error', match: { method: 'POST', body: 'ACTIVE' } });
    await runToEnd(launch, deploymentId);
    const { objects, effects } = await standing(launch);
    const isOurs = name !== 'Not ours';
    const label = isOurs ? `${name} ${effects.find((effect) => effect.kind === 'create_ad')?.marker}` : name;
    const idOf = (level: string) => objects.find((object) => object.level === level)?.remoteId;
    const copied = await fetch(`${simulator.url}/v26.0/${launch.access.accountId}/ads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${launch.access.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: label,
        adset_id: idOf('adset'),
        creative: { creative_id: idOf('creative') },
        status: 'PAUSED',
      }),
    });
    expect(copied.status).toBe(200);
    await resumeDeployment(launch.ctx, { deploymentId });
    await runToEnd(launch, deploymentId);
    const { campaign, tree } = await standing(launch);
    // Our own copy is taken away; what somebody else put there is theirs, and then nothing is switched on.
    expect(campaign.status).toBe(isOurs ? 'IN_REVIEW' : 'DEPLOY_FAILED');
    expect(tree.find((seen) => seen.level === 'campaign')?.status).toBe(isOurs ? 'ACTIVE' : 'PAUSED');
    expect(tree.filter((seen) => seen.level === 'ad' && seen.status !== 'DELETED')).toHaveLength(isOurs ? 3 : 4);
  });

  it('another account selected since the press ends it before anything is made', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.adAccount.update({ where: { id: launch.account.id }, data: { externalId: 'act_999' } }),
    );
    await runToEnd(launch, deploymentId);
    const { deployment, effects } = await standing(launch);
    expect([deployment?.state, deployment?.errorCode, effects.length]).toEqual(['FAILED', 'platform_fix_input', 0]);
  });

  it('a plan altered after the press is not deployed', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await inWorkspace(launch.ctx.workspaceId, async (tx) => {
      const version = await tx.planVersion.findUniqueOrThrow({ where: { id: launch.planVersionId } });
      await tx.planVersion.update({
        where: { id: version.id },
        data: { canonical: version.canonical.replace('Birthday', 'birthday') },
      });
    });
    await runToEnd(launch, deploymentId);
    const { deployment, effects } = await standing(launch);
    expect([deployment?.state, deployment?.errorCode, effects.length]).toEqual(['FAILED', 'approval_hash_mismatch', 0]);
  });
});
