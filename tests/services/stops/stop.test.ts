import { describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { runDeployment } from '@/lib/services/deployments/run';
import { carryOutStop } from '@/lib/services/mutations/carry-out-stop';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { stopNow } from '@/lib/services/mutations/stop-now';
import { readStop } from '@/lib/services/stops/read';
import { buildOwner } from '../../factories';
import { queuedJobs } from '../../fixtures/launch';
import { manyCampaigns, type Shop } from '../../fixtures/many-campaigns';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';
import { withSimulator } from '../../fixtures/with-simulator';

const simulator = withSimulator({ SIMULATOR_SETTLE_MS: '300', META_TIMEOUT_MS: '1000' });

const signal = new AbortController().signal;
const EVERYTHING = { scope: { kind: 'workspace' as const } };
const job = (launch: SimulatedLaunch) => ({ ...launch.ctx, actor: { type: 'job' as const, name: 'deploy' } });
const seenAt = (shop: Shop, remoteId: string) => metaReader.read(shop.access, 'campaign', remoteId);
const fault = (shop: { world: { worldId: string } }, more: object) =>
  simulator.admin('POST', 'faults', { world: shop.world.worldId, ...more });
const auditOf = (workspaceId: string, action: string) =>
  inWorkspace(workspaceId, (tx) => tx.auditEntry.findMany({ where: { workspaceId, action }, orderBy: { seq: 'asc' } }));

describe('the emergency stop', () => {
  it('pauses every campaign of every account, reads each one back and leaves a trace of each', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 2, each: 3 });
    const stop = await stopNow(owner.ctx, EVERYTHING);
    expect(stop).toMatchObject({ state: 'STOPPED', scope: 'workspace', counts: { campaigns: 6, confirmed: 6 } });
    for (const shop of shops)
      for (const { remoteId } of shop.campaigns) expect((await seenAt(shop, remoteId))?.status).toBe('PAUSED');
    const audited = await auditOf(owner.ctx.workspaceId, 'stop.progressed');
    expect(audited.map((row) => row.subjectId).sort()).toEqual(
      shops.flatMap((shop) => shop.campaigns.map(({ id }) => id)).sort(),
    );
    expect(audited[0]).toMatchObject({ before: { status: 'ACTIVE' }, after: { status: 'PAUSED', readBack: true } });
    const { actions, attempts, campaigns } = await inWorkspace(owner.ctx.workspaceId, async (tx) => ({
      actions: await tx.campaignActionRecord.findMany(),
      attempts: await tx.effectAttempt.findMany(),
      campaigns: await tx.campaignRecord.findMany(),
    }));
    expect(actions.map(({ kind, state }) => `${kind} ${state}`)).toEqual(Array(6).fill('pause_campaign DONE'));
    expect(attempts.map(({ outcome }) => outcome)).toEqual(Array(6).fill('DONE'));
    expect(campaigns.every(({ status }) => status === 'PAUSED')).toBe(true);
  });

  it('of one project leaves the others alone', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 2, each: 1 });
    const [mine, other] = shops as [Shop, Shop];
    await stopNow(owner.ctx, { scope: { kind: 'project', projectId: mine.projectId } });
    expect((await seenAt(mine, mine.campaigns[0]?.remoteId ?? ''))?.status).toBe('PAUSED');
    expect((await seenAt(other, other.campaigns[0]?.remoteId ?? ''))?.status).toBe('ACTIVE');
    expect((await readStop(owner.ctx, { projectId: other.projectId })).state).toBeNull();
  });

  it('gets through a broken and a quarantined connection', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 2, each: 1 });
    for (const [index, status] of ['BROKEN', 'QUARANTINED'].entries())
      await inWorkspace(owner.ctx.workspaceId, (tx) =>
        tx.facebookConnection.update({ where: { id: shops[index]?.connectionId ?? '' }, data: { status } }),
      );
    expect(await stopNow(owner.ctx, EVERYTHING)).toMatchObject({ state: 'STOPPED', counts: { confirmed: 2 } });
  });

  it('lists what the platform refuses and keeps trying until it is done', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 1, each: 2 });
    const [shop] = shops as [Shop];
    await fault(shop, { kind: 'error', match: { method: 'POST' }, times: 0, params: { code: 200 } });
    const refused = await stopNow(owner.ctx, { ...EVERYTHING, withinMs: 1_500 });
    expect(refused).toMatchObject({ state: 'STOPPING', counts: { failed: 2, confirmed: 0 } });
    expect(refused.campaigns[0]).toMatchObject({ state: 'FAILED', reason: 'platform_not_permitted' });
    expect(await queuedJobs(owner.ctx.workspaceId, 'carry-out-stop')).toHaveLength(1);
    await simulator.admin('DELETE', 'faults');
    const stop = await stopNow(owner.ctx, EVERYTHING);
    expect(stop).toMatchObject({ stopId: refused.stopId, state: 'STOPPED', counts: { confirmed: 2, failed: 0 } });
  });

  it('sends again what was lost on the way, and knows a lost answer by looking', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 1, each: 3 });
    const [shop] = shops as [Shop];
    await fault(shop, { kind: 'drop_before', match: { method: 'POST' }, times: 2 });
    await fault(shop, { kind: 'drop_after', match: { method: 'POST' }, nth: 3 });
    expect(await stopNow(owner.ctx, EVERYTHING)).toMatchObject({ state: 'STOPPED', counts: { confirmed: 3 } });
    const attempts = await inWorkspace(owner.ctx.workspaceId, (tx) => tx.effectAttempt.findMany());
    expect(attempts.length).toBe(5);
  });

  it('says "sent" and not "confirmed" while the platform cannot be read', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 1, each: 1 });
    const [shop] = shops as [Shop];
    await fault(shop, { kind: 'http_500', match: { method: 'GET' }, times: 0 });
    const stop = await stopNow(owner.ctx, { ...EVERYTHING, withinMs: 1_000 });
    expect(stop).toMatchObject({ state: 'STOPPING', counts: { sent: 1, confirmed: 0 } });
    await simulator.admin('DELETE', 'faults');
    await stopNow(owner.ctx, EVERYTHING);
    expect((await readStop(owner.ctx)).counts.confirmed).toBe(1);
  });

  it('pressed ten times at once is one stop that pauses once', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 1, each: 2 });
    const [shop] = shops as [Shop];
    const stops = await Promise.all(Array.from({ length: 10 }, () => stopNow(owner.ctx, EVERYTHING)));
    expect(new Set(stops.map(({ stopId }) => stopId)).size).toBe(1);
    const { requests } = (await simulator.admin('GET', `requests?world=${shop.world.worldId}&method=POST`)) as {
      requests: { params: Record<string, unknown> }[];
    };
    expect(requests.filter(({ params }) => params.status === 'PAUSED' && params.name === undefined)).toHaveLength(2);
  });

  it('pressed again switches off what somebody switched on at the platform', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 1, each: 1 });
    const [shop] = shops as [Shop];
    const remoteId = shop.campaigns[0]?.remoteId ?? '';
    await stopNow(owner.ctx, EVERYTHING);
    await metaWriter.setStatus(shop.access, 'campaign', remoteId, 'ACTIVE');
    expect((await stopNow(owner.ctx, EVERYTHING)).state).toBe('STOPPED');
    expect((await seenAt(shop, remoteId))?.status).toBe('PAUSED');
  });

  it('is for whoever may act, and for nobody else', async () => {
    const { owner } = await manyCampaigns({ accounts: 1, each: 1 });
    for (const actor of [{ type: 'agent' as const }, { type: 'user' as const, id: 'stranger' }])
      await expect(stopEverything({ ...owner.ctx, actor }, EVERYTHING)).rejects.toMatchObject({
        code: 'not_permitted',
      });
    await expect(
      stopEverything((await buildOwner()).ctx, { scope: { kind: 'project', projectId: 'not-mine' } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a stop and a deployment', () => {
  it('an approved plan that has not begun never begins, and is not resumed while the stop stands', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    expect(await stopNow(launch.ctx, EVERYTHING)).toMatchObject({ state: 'STOPPED', counts: { campaigns: 1 } });
    await runDeployment(job(launch), { deploymentId, signal });
    await expect(resumeDeployment(launch.ctx, { deploymentId })).rejects.toMatchObject({ code: 'stopped' });
    const { deployment, campaign, objects } = await standing(launch);
    expect([deployment?.state, deployment?.errorCode, campaign.status]).toEqual(['FAILED', 'stopped', 'DEPLOY_FAILED']);
    expect(objects).toEqual([]);
  });

  it('a plan approved while the stop stands is not started', async () => {
    const launch = await buildSimulatedLaunch();
    await stopNow(launch.ctx, EVERYTHING);
    await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' }).catch(
      () => undefined,
    );
    const { deployment } = await standing(launch);
    if (deployment) await runDeployment(job(launch), { deploymentId: deployment.id, signal });
    expect((await standing(launch)).objects).toEqual([]);
  });

  // Each one stops a deployment at another moment; the last ones around the switch itself.
  it.each(process.env.SOAK === '1' ? Array.from({ length: 20 }, (_, index) => index) : [1, 8, 15, 17])(
    'stopped at write %i, nothing leaves after the stop stands and nothing runs in the end',
    async (at) => {
      const launch = await buildSimulatedLaunch((plan) => ({
        ...plan,
        adSets: plan.adSets.map((adSet) => ({ ...adSet, ads: adSet.ads.slice(0, 2) })),
      }));
      const deploymentId = await approve(launch);
      await fault(launch, { kind: 'latency', match: { method: 'POST' }, times: 0, params: { ms: 15 } });
      const running = runDeployment(job(launch), { deploymentId, signal });
      await untilWrites(launch, at);
      const { stopId } = await stopEverything(launch.ctx, EVERYTHING);
      const claimed = await attemptsOf(launch);
      await running;
      expect(await attemptsOf(launch)).toBe(claimed);
      await carryOutStop(launch.ctx, { stopId, withinMs: 8_000 });
      const { deployment, tree, campaign } = await standing(launch);
      expect(tree.filter((seen) => seen.level === 'campaign' && seen.status === 'ACTIVE')).toEqual([]);
      expect(['DEPLOY_FAILED', 'PAUSED']).toContain(campaign.status);
      if (deployment?.state === 'FAILED') expect(deployment.errorCode).toMatch(/stopped|platform_unknown_outcome/);
      expect((await readStop(launch.ctx)).state).toBe('STOPPED');
    },
  );
});

const attemptsOf = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.effectAttempt.count({ where: { workspaceId: launch.ctx.workspaceId } }),
  );

async function untilWrites(launch: SimulatedLaunch, count: number): Promise<void> {
  const stop = performance.now() + 10_000;
  while ((await attemptsOf(launch)) < count && performance.now() < stop) {
    const { deployment } = await standing(launch);
    if (deployment?.state !== 'RUNNING') return;
  }
}
