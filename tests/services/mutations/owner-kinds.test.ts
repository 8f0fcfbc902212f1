import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import type { PlanAd, PlanTargeting } from '@/lib/domain/plan';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { executeAction } from '@/lib/services/mutations/execute';
import { undoAction } from '@/lib/services/mutations/undo';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { expectCompleteLedger } from '../../fixtures/complete-ledger';
import { approveAction, gateOverSimulator, job, live, propose, remote, rowOf } from '../../fixtures/gate';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';

const { admin, posts } = gateOverSimulator();

const targeting = (launch: SimulatedLaunch): PlanTargeting => {
  const [adSet] = launch.plan.adSets;
  if (!adSet) throw new Error('no ad set');
  return adSet.targeting;
};
const audience = (launch: SimulatedLaunch): CampaignAction => ({
  kind: 'set_audience',
  adSetKey: 'adset-1',
  from: targeting(launch),
  to: { ...targeting(launch), ageMin: 22, ageMax: 60, advantageAudience: true },
});
const newAd = (launch: SimulatedLaunch): PlanAd => {
  const ad = launch.plan.adSets[0]?.ads[0];
  if (!ad) throw new Error('no ad');
  return { ...ad, key: 'ad-7', headline: 'Fresh bread at seven', idea: 'A new thought' };
};
const inLaunch = <T>(launch: SimulatedLaunch, work: Parameters<typeof inWorkspace<T>>[1]) =>
  inWorkspace(launch.ctx.workspaceId, work);
const structure = async (launch: SimulatedLaunch) =>
  inLaunch(launch, async (tx) => {
    const row = await tx.campaignRecord.findUniqueOrThrow({ where: { id: launch.campaignRecordId } });
    const version = await tx.planVersion.findUniqueOrThrow({ where: { id: row.planVersionId ?? '' } });
    return { plan: row.structure as typeof launch.plan, version: version.version, status: row.status };
  });
/** Asked, pressed and carried out; answers the action's id and the card's. */
async function press(launch: SimulatedLaunch, action: CampaignAction, day: string) {
  const { actionId, verdict } = await propose(launch, action, day);
  expect(verdict.answer).toBe('ask');
  const approvalId = await approveAction(launch, actionId);
  await executeAction(job(launch), { actionId });
  const row = await rowOf(launch, actionId);
  expect(row).toMatchObject({ state: 'DONE' });
  const card = await inLaunch(launch, (tx) => tx.approval.findUniqueOrThrow({ where: { id: approvalId } }));
  expect(card.state).toBe('DONE');
  return { actionId, approvalId };
}

describe('another audience, a new ad and a deletion', () => {
  let launch: SimulatedLaunch;
  beforeAll(async () => {
    launch = await live();
  });

  it('are written nowhere without the press, and by a press on a changed card', async () => {
    const before = (await posts(launch)).length;
    for (const [action, day] of [
      [audience(launch), 'e1'],
      [{ kind: 'add_ad', adSetKey: 'adset-1', ad: newAd(launch) }, 'e1'],
      [{ kind: 'delete_ad', adKey: 'ad-2' }, 'e1'],
      [{ kind: 'delete_campaign' }, 'e1'],
    ] as [CampaignAction, string][]) {
      const { actionId } = await propose(launch, action, day);
      await executeAction(job(launch), { actionId });
      expect((await rowOf(launch, actionId)).state).toBe('WAITING');
      const card = await inLaunch(launch, (tx) => tx.approval.findFirstOrThrow({ where: { actionId } }));
      await expect(
        decideApproval(launch.ctx, { approvalId: card.id, hash: 'e'.repeat(64), decision: 'approve' }),
      ).rejects.toMatchObject({ code: 'approval_hash_mismatch' });
      // The action is swapped under the approved card: it covers exactly what it showed.
      await decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
      await inLaunch(launch, (tx) =>
        tx.campaignActionRecord.update({
          where: { id: actionId },
          data: { action: { kind: 'delete_ad', adKey: 'ad-3' } },
        }),
      );
      await executeAction(job(launch), { actionId });
      expect(await rowOf(launch, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'approval_hash_mismatch' });
    }
    expect((await posts(launch)).length).toBe(before);
  }, 60_000);

  it('are refused at the press when the thing is no longer what the card was made from', async () => {
    const touch = (level: string, key: string, data: object) =>
      inLaunch(launch, (tx) => tx.remoteObject.updateMany({ where: { level, localKey: key }, data }));
    const pressed = async (actionId: string) => {
      const card = await inLaunch(launch, (tx) => tx.approval.findFirstOrThrow({ where: { actionId } }));
      return decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
    };
    const wanted = await propose(launch, audience(launch), 'e2');
    const [before] = await inLaunch(launch, (tx) =>
      tx.remoteObject.findMany({ where: { level: 'adset', localKey: 'adset-1' } }),
    );
    await touch('adset', 'adset-1', { state: { audience: { age_min: 40 } } });
    await expect(pressed(wanted.actionId)).rejects.toMatchObject({ code: 'approval_drift' });
    // A deletion is no stop in a hurry: somebody may have switched it off instead meanwhile.
    const removal = await propose(launch, { kind: 'delete_ad', adKey: 'ad-2' }, 'e2');
    await touch('ad', 'ad-2', { status: 'PAUSED' });
    await expect(pressed(removal.actionId)).rejects.toMatchObject({ code: 'approval_drift' });
    expect((await rowOf(launch, removal.actionId)).state).toBe('WAITING');
    await touch('ad', 'ad-2', { status: 'ACTIVE' });
    await touch('adset', 'adset-1', { state: before?.state ?? {} });
  });

  it('a new ad whose last switch fails is said to be partly done, and stays off', async () => {
    const half = { ...newAd(launch), key: 'ad-8' };
    const { actionId } = await propose(launch, { kind: 'add_ad', adSetKey: 'adset-1', ad: half }, 'e3');
    const approvalId = await approveAction(launch, actionId);
    await admin('POST', 'faults', {
      kind: 'error',
      world: launch.world.worldId,
      match: { method: 'POST', body: 'ACTIVE' },
      params: { code: 100 },
    });
    await executeAction(job(launch), { actionId });
    const card = await inLaunch(launch, (tx) => tx.approval.findUniqueOrThrow({ where: { id: approvalId } }));
    expect([(await rowOf(launch, actionId)).state, card.state]).toEqual(['FAILED', 'PARTLY_DONE']);
    expect((await remote(launch, 'ad', 'ad-8'))?.status).toBe('PAUSED');
    expect(await watchDrift(job(launch), { campaignRecordId: launch.campaignRecordId })).toMatchObject({ found: 0 });
  });

  it('run after the press on exactly that card, are read back, keep the plan true, and come back where they can', async () => {
    const reads = async () => (await remote(launch, 'adset', 'adset-1'))?.fields.targeting as Record<string, unknown>;

    // Audience: there and back again, each a version of the plan.
    const { actionId } = await press(launch, audience(launch), 'd1');
    expect(await reads()).toMatchObject({ age_range: [22, 60] });
    expect(await structure(launch)).toMatchObject({ version: 2 });
    expect((await structure(launch)).plan.adSets[0]?.targeting).toMatchObject({ ageMin: 22, ageMax: 60 });
    expect(await watchDrift(job(launch), { campaignRecordId: launch.campaignRecordId })).toMatchObject({ found: 0 });
    const undo = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), undo);
    expect(await rowOf(launch, undo.actionId)).toMatchObject({ state: 'DONE' });
    expect((await structure(launch)).plan.adSets[0]?.targeting).toEqual(targeting(launch));

    // A new ad: made off, then on; Undo switches it off and leaves it there.
    const added = await press(launch, { kind: 'add_ad', adSetKey: 'adset-1', ad: newAd(launch) }, 'd2');
    const sent = await posts(launch);
    const creates = sent.filter(({ path }) => path.endsWith('/ads'));
    expect(creates.at(-1)?.params.status).toBe('PAUSED');
    expect((await remote(launch, 'ad', 'ad-7'))?.status).toBe('ACTIVE');
    expect((await structure(launch)).plan.adSets[0]?.ads.at(-1)).toEqual(newAd(launch));
    expect(await watchDrift(job(launch), { campaignRecordId: launch.campaignRecordId })).toMatchObject({ found: 0 });
    const off = await undoAction(launch.ctx, { actionId: added.actionId });
    await executeAction(job(launch), off);
    expect((await remote(launch, 'ad', 'ad-7'))?.status).toBe('PAUSED');

    // Deleted: gone, said so, and without an Undo.
    const gone = await press(launch, { kind: 'delete_ad', adKey: 'ad-2' }, 'd3');
    const mirrored = await inLaunch(launch, (tx) =>
      tx.remoteObject.findFirstOrThrow({ where: { level: 'ad', localKey: 'ad-2' } }),
    );
    expect(mirrored.status).toBe('DELETED');
    expect([undefined, 'DELETED']).toContain((await remote(launch, 'ad', 'ad-2'))?.status);
    await expect(undoAction(launch.ctx, { actionId: gone.actionId })).rejects.toMatchObject({
      code: 'undo_not_possible',
    });
    expect(await watchDrift(job(launch), { campaignRecordId: launch.campaignRecordId })).toMatchObject({ found: 0 });

    await press(launch, { kind: 'delete_campaign' }, 'd4');
    expect((await structure(launch)).status).toBe('ARCHIVED');
    await expectCompleteLedger({ admin } as never, launch.ctx, launch.world.worldId);
  }, 90_000);
});
