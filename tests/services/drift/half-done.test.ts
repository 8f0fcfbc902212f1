import { expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { inWorkspace } from '@/lib/runtime/db';
import { listDrift } from '@/lib/services/drift/list';
import { executeAction } from '@/lib/services/mutations/execute';
import { renewMonthGuards } from '@/lib/services/mutations/renew-guards';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { gateOverSimulator, job, rowOf } from '../../fixtures/gate';
import {
  adSetOf,
  dailyAt,
  look,
  moving,
  proposeMove,
  REFUSED,
  rootOf,
  strikeAdSet,
  type Two,
  twoLive,
} from '../../fixtures/two-campaigns';

const { admin } = gateOverSimulator();
const told = (two: Two, type: string) => inWorkspace(two.ctx.workspaceId, (tx) => tx.event.count({ where: { type } }));

it('a move that ended half done is told by itself, once: the watch calls it nobody’s change, and somebody’s change still', async () => {
  const two = await twoLive();
  const { actionId } = await proposeMove(two, moving(two, 200));
  await strikeAdSet(admin, two, two.second, REFUSED);
  await strikeAdSet(admin, two, two.campaignRecordId, { ...REFUSED, nth: 2 });
  await executeAction(job(two), { actionId });
  await admin('DELETE', 'faults');
  expect((await rowOf(two, actionId)).state).toBe('FAILED');
  expect(await dailyAt(two, two.campaignRecordId)).toBe(800n);
  expect(await told(two, 'action.failed')).toBe(1);
  for (const id of [two.campaignRecordId, two.second]) {
    await look(two, id);
    expect(await watchDrift(two.ctx, { campaignRecordId: id })).toEqual({ found: 0, fresh: 0 });
  }
  expect([await told(two, 'drift.found'), await told(two, 'action.failed')]).toEqual([0, 1]);
  // The rule that was told about the raise follows what became of it.
  const { remoteId } = await rootOf(two, two.second);
  const perDay = async () =>
    (await metaReader.listStopRules(two.access, { campaignRemoteId: remoteId }))[0]?.perDay?.minor;
  expect(await perDay()).toBe(2_100n);
  await renewMonthGuards(job(two), { adAccountId: two.account.id });
  expect(await perDay()).toBeLessThan(2_100n);

  const { remoteId: adSet } = await adSetOf(two, two.campaignRecordId);
  await admin('POST', `worlds/${two.world.worldId}/edit`, { objectId: adSet, set: { daily_budget: '1000' } });
  expect(await watchDrift(two.ctx, two)).toEqual({ found: 1, fresh: 1 });
  expect((await listDrift(two.ctx)).map(({ field, ours, theirs }) => [field, ours, theirs])).toEqual([
    ['daily_budget', '800', '1000'],
  ]);
}, 180_000);

it('while the answer to a raise is lost, what it asked for is nobody’s change', async () => {
  const two = await twoLive();
  const { actionId } = await proposeMove(two, moving(two, 200));
  await strikeAdSet(admin, two, two.second, { kind: 'drop_after' });
  await executeAction(job(two), { actionId });
  expect((await rowOf(two, actionId)).state).toBe('EXECUTING');
  expect(await dailyAt(two, two.second)).toBe(1_200n);
  expect(await watchDrift(two.ctx, { campaignRecordId: two.second })).toEqual({ found: 0, fresh: 0 });
  await executeAction(job(two), { actionId });
  expect(await watchDrift(two.ctx, { campaignRecordId: two.second })).toEqual({ found: 0, fresh: 0 });
}, 180_000);
