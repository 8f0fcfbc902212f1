import { describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { runDeployment } from '@/lib/services/deployments/run';
import { readBackCampaign } from '@/lib/services/insights/read-back';
import { executeAction } from '@/lib/services/mutations/execute';
import { proposeAction } from '@/lib/services/mutations/propose';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';
import { withSimulator } from '../../fixtures/with-simulator';

const SETTLE_MS = 300;
const simulator = withSimulator({ SIMULATOR_SETTLE_MS: String(SETTLE_MS), META_TIMEOUT_MS: '3000' });

const signal = new AbortController().signal;
const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const job = (launch: SimulatedLaunch) => ({ ...launch.ctx, actor: { type: 'job' as const, name: 'deploy' } });
const settle = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS + 100));
const run = (launch: SimulatedLaunch, deploymentId: string) => runDeployment(job(launch), { deploymentId, signal });
async function runToEnd(launch: SimulatedLaunch, deploymentId: string): Promise<void> {
  for (let at = 0; at < 15; at += 1) {
    const outcome = await run(launch, deploymentId);
    if (!outcome) return;
    await new Promise((resolve) => setTimeout(resolve, outcome.snoozeSeconds * 1000));
  }
  throw new Error('the deployment never ended');
}
const fault = (launch: SimulatedLaunch, draft: Record<string, unknown>) =>
  simulator.admin('POST', 'faults', { world: launch.world.worldId, ...draft });
const campaignOf = async (launch: SimulatedLaunch) =>
  (await standing(launch)).objects.find((object) => object.level === 'campaign')?.remoteId ?? '';
const rulesOf = async (launch: SimulatedLaunch) =>
  metaReader.listStopRules(launch.access, { campaignRemoteId: await campaignOf(launch) });
const atMeta = (launch: SimulatedLaunch, id: string, params: Record<string, string>) =>
  fetch(`${simulator.url}/v26.0/${id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${launch.access.token}` },
    body: new URLSearchParams(params),
  });

describe('the stop rule at the platform', () => {
  it('is found and not made a second time after its answer was lost', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'drop_after', match: { method: 'POST', path: 'adrules_library' } });
    await runToEnd(launch, deploymentId);
    expect((await standing(launch)).deployment?.state).toBe('DONE');
    expect(await rulesOf(launch)).toMatchObject([{ works: true, perDay: { minor: 1_750n, currency: 'EUR' } }]);
  });

  it('is never made again while looking for it proves nothing', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    await fault(launch, { kind: 'drop_after', match: { method: 'POST', path: 'adrules_library' } });
    await fault(launch, { kind: 'http_500', times: 0, match: { method: 'GET', path: 'adrules_library' } });
    expect(await run(launch, deploymentId)).toMatchObject({ snoozeSeconds: expect.any(Number) });
    await settle();
    expect(await run(launch, deploymentId)).toMatchObject({ snoozeSeconds: expect.any(Number) });
    const { effects, tree } = await standing(launch);
    expect(effects.find((effect) => effect.kind === 'set_stop_rule')).toMatchObject({
      state: 'UNKNOWN',
      remoteId: null,
    });
    const sent = (await simulator.admin('GET', `requests?world=${launch.world.worldId}&method=POST`)) as {
      requests: { path: string }[];
    };
    expect(sent.requests.filter(({ path }) => path.endsWith('adrules_library'))).toHaveLength(1);
    expect(tree.every((seen) => seen.status === 'PAUSED')).toBe(true);
    await simulator.admin('DELETE', 'faults');
    expect(await rulesOf(launch)).toHaveLength(1);
  });

  it.each([
    ['is switched off', { status: 'DISABLED' }],
    ['is gone', { status: 'DELETED' }],
    ['shows another amount', null],
  ])('keeps a campaign from being switched on when it %s', async (_what, params) => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    // Refused at the first switch, so that somebody has time to change the rule.
    await fault(launch, { kind: 'error', match: { method: 'POST', body: 'ACTIVE' } });
    await runToEnd(launch, deploymentId);
    const [rule] = await rulesOf(launch);
    const filters = [
      { field: 'entity_type', operator: 'EQUAL', value: 'CAMPAIGN' },
      { field: 'id', operator: 'IN', value: [await campaignOf(launch)] },
      { field: 'time_preset', operator: 'EQUAL', value: 'TODAY' },
      { field: 'spent', operator: 'GREATER_THAN', value: 1_751 },
    ];
    const evaluation_spec = JSON.stringify({ evaluation_type: 'SCHEDULE', filters });
    expect((await atMeta(launch, rule?.remoteId ?? '', params ?? { evaluation_spec })).status).toBe(200);
    await resumeDeployment(launch.ctx, { deploymentId });
    await runToEnd(launch, deploymentId);
    const { campaign, tree } = await standing(launch);
    expect(campaign.status).toBe('DEPLOY_FAILED');
    expect(tree.find((seen) => seen.level === 'campaign')?.status).toBe('PAUSED');
  });

  it('lets the dearer days of an approved raise through, before the budget is raised', async () => {
    const launch = await buildSimulatedLaunch((plan) => ({
      ...plan,
      envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) },
    }));
    await runToEnd(launch, await approve(launch));
    await setSimulatedClock(launch.world.worldId, { advanceMs: 2 * 86_400_000 });
    const tree = await metaReader.readCampaignTree(launch.access, await campaignOf(launch));
    await readBackCampaign(job(launch), { campaignRecordId: launch.campaignRecordId, tree, askedAt: new Date() });
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monitorRun.create({
        data: { workspaceId: launch.ctx.workspaceId, adAccountId: launch.account.id, slot: new Date(), state: 'DONE' },
      }),
    );
    const { actionId } = await proposeAction(job(launch), {
      campaignRecordId: launch.campaignRecordId,
      suggestion: {
        action: { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_200) },
        evidence: {
          rule: 'scale',
          facts: [],
          confidence: 0.99,
          alternatives: [],
          wouldChange: [],
          since: '2026-11-01',
          until: '2026-11-20',
        },
      },
      day: '2026-11-21',
    });
    const card = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.findFirstOrThrow({ where: { actionId, state: 'WAITING' } }),
    );
    await decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
    expect(await rulesOf(launch)).toMatchObject([{ perDay: { minor: 1_750n } }]);
    // The answer to the first change is lost: looked up, not doubted.
    await fault(launch, { kind: 'drop_after', match: { method: 'POST', body: 'evaluation_spec' } });
    expect(await executeAction(job(launch), { actionId })).toMatchObject({ snoozeSeconds: expect.any(Number) });
    await settle();
    expect(await executeAction(job(launch), { actionId })).toBeUndefined();
    expect(await rulesOf(launch)).toMatchObject([{ works: true, perDay: { minor: 2_100n } }]);
    const { effects } = await standing(launch);
    const sent = effects
      .filter((effect) => effect.actionId === actionId)
      .sort((a, b) => Number(a.sentAt) - Number(b.sentAt));
    expect(sent.map((effect) => [effect.kind, effect.state]).at(0)).toEqual(['change_stop_rule', 'DONE']);
    expect(sent.map((effect) => effect.kind)).toContain('set_ad_set_budget');
  });
});
