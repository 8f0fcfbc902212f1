import { describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { inWorkspace } from '@/lib/runtime/db';
import { listDrift } from '@/lib/services/drift/list';
import { executeAction } from '@/lib/services/mutations/execute';
import { proposeAction } from '@/lib/services/mutations/propose';
import { putOursBack } from '@/lib/services/mutations/settle-drift';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { gateOverSimulator, job, live, remote } from '../../fixtures/gate';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';

const { admin } = gateOverSimulator();
const edit = (launch: SimulatedLaunch, objectId: string, set: Record<string, unknown>) =>
  admin('POST', `worlds/${launch.world.worldId}/edit`, { objectId, set });
const rulesOf = async (launch: SimulatedLaunch) =>
  metaReader.listStopRules(launch.access, {
    campaignRemoteId: (await remote(launch, 'campaign', 'campaign'))?.remoteId ?? '',
  });
const atMeta = (launch: SimulatedLaunch, id: string, params: Record<string, string>) =>
  fetch(`${process.env.SIMULATOR_URL}/v26.0/${id}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${launch.access.token}` },
    body: new URLSearchParams(params),
  });
/** Puts everything back that can be, and carries it out. Answers the fields and what was said of each. */
async function putBack(launch: SimulatedLaunch) {
  const open = await listDrift(launch.ctx);
  const answers = await putOursBack(launch.ctx, { findingIds: open.map(({ id }) => id) });
  const actions = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.campaignActionRecord.findMany({ where: { state: 'EXECUTING' } }),
  );
  for (const { id } of actions) await executeAction(job(launch), { actionId: id });
  await watchDrift(launch.ctx, launch);
  return open.map(({ id, field }) => [field, answers.find(({ findingId }) => findingId === id)?.answer]).sort();
}

describe('what the platform itself is told to hold', () => {
  it('is watched and set back: the end of the ads, and the stop rule where it was changed or switched off', async () => {
    const launch = await live();
    expect(await watchDrift(launch.ctx, launch)).toEqual({ found: 0, fresh: 0 });
    const adSet = await remote(launch, 'adset', 'adset-1');
    const [rule] = await rulesOf(launch);
    const ends = adSet?.endsAt ?? null;
    await edit(launch, adSet?.remoteId ?? '', { end_time: '2027-06-01T00:00:00+0000' });
    expect((await atMeta(launch, rule?.remoteId ?? '', { status: 'DISABLED' })).status).toBe(200);
    await watchDrift(launch.ctx, launch);
    const open = await listDrift(launch.ctx);
    expect(open.map(({ field, mayRestore }) => [field, mayRestore]).sort()).toEqual(
      ends === null
        ? [['stop_rule', true]]
        : [
            ['end_time', true],
            ['stop_rule', true],
          ],
    );
    expect(open.find(({ field }) => field === 'stop_rule')).toMatchObject({
      ours: '1750',
      theirs: 'off',
      currency: 'EUR',
    });
    for (const [, answer] of await putBack(launch)) expect(answer).toBe('allow');
    expect((await remote(launch, 'adset', 'adset-1'))?.endsAt ?? null).toBe(ends ?? '2027-06-01T00:00:00.000Z');
    const working = (await rulesOf(launch)).filter(({ works }) => works);
    expect(working.map(({ perDay }) => perDay?.minor)).toEqual([1_750n]);
    expect(await listDrift(launch.ctx)).toEqual([]);
    // The new rule is ours from now on: gone, it is found anew.
    expect(working[0]?.remoteId).not.toBe(rule?.remoteId);
    await atMeta(launch, working[0]?.remoteId ?? '', { status: 'DISABLED' });
    await watchDrift(launch.ctx, launch);
    expect((await listDrift(launch.ctx)).map(({ field }) => field)).toEqual(['stop_rule']);
  }, 120_000);

  it('only what we told is ever set back, whoever asks', async () => {
    const launch = await live();
    const evidence = {
      rule: 'owner-asked',
      facts: [],
      confidence: null,
      alternatives: [],
      wouldChange: [],
      since: '',
      until: '',
    };
    const { verdict } = await proposeAction(job(launch), {
      campaignRecordId: launch.campaignRecordId,
      suggestion: {
        action: { kind: 'restore_guard', guard: { what: 'stop_rule', to: { minor: '900000', currency: 'EUR' } } },
        evidence,
      },
      day: 'd1',
    });
    expect(verdict).toMatchObject({ answer: 'refuse', reasons: ['budget_out_of_date'] });
  }, 60_000);
});

describe('a group that somebody added at Facebook', () => {
  it('counts in the month from the first look on, is told, and is forgotten once it is gone', async () => {
    const launch = await live();
    const committed = () =>
      inWorkspace(launch.ctx.workspaceId, async (tx) => {
        const month = await tx.monthBudget.findFirstOrThrow({ orderBy: { month: 'desc' } });
        const share = await tx.monthShare.findFirstOrThrow({ where: { month: month.month } });
        return { promised: month.committedMinor + month.reservedMinor, daily: share.dailyMinor };
      });
    const before = await committed();
    const root = await remote(launch, 'campaign', 'campaign');
    const [adSet] = launch.plan.adSets;
    if (!adSet) throw new Error('no group');
    const { remoteId } = await metaWriter.createAdSet(launch.access, {
      name: 'Somebody’s own',
      campaignRemoteId: root?.remoteId ?? '',
      goal: launch.plan.goal,
      adSet: { ...adSet, dailyBudget: { minor: '700', currency: 'EUR' } },
      pageId: launch.plan.page.id,
      pixelId: launch.plan.pixelId,
      dsa: launch.plan.dsa,
    });
    await metaWriter.setStatus(launch.access, 'adset', remoteId, 'ACTIVE');
    await watchDrift(launch.ctx, launch);
    const after = await committed();
    expect(after.daily).toBe(before.daily + 700n);
    expect(after.promised).toBeGreaterThan(before.promised);
    expect(await listDrift(launch.ctx)).toMatchObject([
      { level: 'adset', field: 'exists', ours: 'false', theirs: 'true', mayRestore: false },
    ]);
    // Looked at again it is one group and one finding.
    expect(await watchDrift(launch.ctx, launch)).toEqual({ found: 1, fresh: 0 });
    expect(await committed()).toEqual(after);
    await metaWriter.remove(launch.access, remoteId);
    expect(await watchDrift(launch.ctx, launch)).toEqual({ found: 0, fresh: 0 });
    expect(await listDrift(launch.ctx)).toEqual([]);
  }, 120_000);
});
