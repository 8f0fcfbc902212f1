import { describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { inWorkspace } from '@/lib/runtime/db';
import { failDeployment } from '@/lib/services/deployments/end';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { runDeployment } from '@/lib/services/deployments/run';
import { failAction } from '@/lib/services/mutations/end-action';
import { executeAction } from '@/lib/services/mutations/execute';
import { reconcileEffects } from '@/lib/services/mutations/reconcile-effects';
import { approveAction, eur, gateOverSimulator, job, live, propose, remote, rowOf, signal } from '../../fixtures/gate';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';

const { admin } = gateOverSimulator();

const wide = (plan: SimulatedLaunch['plan']) => ({
  ...plan,
  envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) },
});
const loses = (launch: SimulatedLaunch, kind: 'drop_before' | 'drop_after', match: object, nth = 1) =>
  admin('POST', 'faults', { kind, world: launch.world.worldId, nth, match: { method: 'POST', ...match } });
const openOnes = async (launch: SimulatedLaunch) =>
  (await standing(launch)).effects.filter(({ state }) => state === 'UNKNOWN' || state === 'SENT');
const sweep = (launch: SimulatedLaunch) => reconcileEffects(job(launch), { afterMinutes: 0 });
const mirrored = async (launch: SimulatedLaunch, level: string, key: string) =>
  (await standing(launch)).objects.find((object) => object.level === level && object.localKey === key);

let asked = 0;
/** Carries an action out until the answer of the write whose body matches is lost, and gives the action up there. */
async function losing(
  launch: SimulatedLaunch,
  { action, fault, match }: { action: CampaignAction; fault: 'drop_before' | 'drop_after'; match: object },
): Promise<string> {
  asked += 1;
  const { actionId, verdict } = await propose(launch, action, `question ${asked}`);
  if (verdict.answer === 'ask') await approveAction(launch, actionId);
  await loses(launch, fault, match);
  expect(await executeAction(job(launch), { actionId })).toMatchObject({ snoozeSeconds: expect.any(Number) });
  await failAction(job(launch), { actionId, code: 'platform_unknown_outcome', reasons: ['test'], as: 'FAILED' });
  return actionId;
}

const raise = (from: number, to: number): CampaignAction => ({
  kind: 'set_ad_set_budget',
  adSetKey: 'adset-1',
  from: eur(from),
  to: eur(to),
});

describe('the sweep over calls that were lost', () => {
  it('settles every kind of value by reading it back, and our own picture follows what took effect', async () => {
    const launch = await live(wide);
    const lost: [string, CampaignAction, object][] = [
      ['set_status', { kind: 'pause_ad', adKey: 'ad-2' }, { body: 'PAUSED' }],
      ['set_ad_set_budget', raise(1_000, 1_200), { body: 'daily_budget' }],
      ['change_stop_rule', raise(1_200, 1_300), { body: 'evaluation_spec' }],
      ['set_ad_creative', { kind: 'swap_creative', adKey: 'ad-3', reserveKey: 'reserve-1' }, { body: 'creative_id' }],
    ];
    for (const [kind, action, match] of lost) {
      const actionId = await losing(launch, { action, fault: 'drop_after', match });
      expect((await openOnes(launch)).map((effect) => effect.kind)).toEqual([kind]);
      expect(await reconcileEffects(job(launch), {})).toEqual({ looked: 0, found: [] });
      expect((await sweep(launch)).found).toHaveLength(1);
      const { effects } = await standing(launch);
      expect(effects.filter((effect) => effect.actionId === actionId && effect.kind === kind)).toMatchObject([
        { state: 'DONE' },
      ]);
      expect((await sweep(launch)).looked).toBe(0);
    }
    expect((await mirrored(launch, 'ad', 'ad-2'))?.status).toBe('PAUSED');
    expect((await mirrored(launch, 'adset', 'adset-1'))?.state).toMatchObject({ dailyBudget: eur(1_200) });
    expect((await standing(launch)).events.filter((type) => type === 'effect.found')).toHaveLength(lost.length);

    const actionId = await losing(launch, {
      action: { kind: 'pause_ad', adKey: 'ad-1' },
      fault: 'drop_before',
      match: { body: 'PAUSED' },
    });
    const blind = { kind: 'http_500', world: launch.world.worldId, times: 0, match: { method: 'GET' } };
    await admin('POST', 'faults', blind);
    expect(await sweep(launch)).toEqual({ looked: 1, found: [] });
    await admin('DELETE', 'faults');
    expect(await openOnes(launch)).toHaveLength(1);
    // It never arrived: it is free to be sent again, and nothing says otherwise.
    expect((await sweep(launch)).found).toEqual([]);
    expect((await standing(launch)).effects.filter((effect) => effect.actionId === actionId)).toMatchObject([
      { state: 'INTENT', sentAt: null },
    ]);
    expect((await remote(launch, 'ad', 'ad-1'))?.status).toBe('ACTIVE');
    expect((await rowOf(launch, actionId)).state).toBe('FAILED');
  }, 240_000);

  it('finishes a start whose last switch was pressed although nobody could say so', async () => {
    const launch = await buildSimulatedLaunch(wide);
    const deploymentId = await approve(launch);
    await loses(launch, 'drop_after', { body: 'ACTIVE' }, 5);
    expect(await runDeployment(job(launch), { deploymentId, signal })).toMatchObject({
      snoozeSeconds: expect.any(Number),
    });
    await failDeployment(job(launch), { deploymentId, code: 'platform_unknown_outcome', reason: 'test' });
    expect((await standing(launch)).campaign.status).toBe('DEPLOY_FAILED');
    await sweep(launch);
    const { deployment, campaign, approval, effects } = await standing(launch);
    expect([deployment?.state, campaign.status, approval.state]).toEqual(['DONE', 'IN_REVIEW', 'DONE']);
    expect(effects.every(({ state }) => state === 'DONE')).toBe(true);
  });

  it('looks once for an object that was made after all, and a resumed start adopts it', async () => {
    const launch = await buildSimulatedLaunch(wide);
    const deploymentId = await approve(launch);
    await loses(launch, 'drop_after', { path: 'campaigns' });
    await runDeployment(job(launch), { deploymentId, signal });
    await failDeployment(job(launch), { deploymentId, code: 'platform_unknown_outcome', reason: 'test' });
    expect((await sweep(launch)).found).toHaveLength(1);
    expect((await sweep(launch)).looked).toBe(0);
    await resumeDeployment(launch.ctx, { deploymentId });
    for (let round = 0; round < 20; round += 1)
      if (!(await runDeployment(job(launch), { deploymentId, signal }))) break;
    const { deployment, tree } = await standing(launch);
    expect([deployment?.state, tree.length]).toEqual(['DONE', 5]);
    const attempts = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.effectAttempt.count({ where: { effectKey: `${deploymentId}:campaign` } }),
    );
    expect(attempts).toBe(1);
  });
});
