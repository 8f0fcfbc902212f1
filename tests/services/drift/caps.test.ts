import { describe, expect, it } from 'vitest';
import { dayIn } from '@/lib/domain/time';
import { inWorkspace } from '@/lib/runtime/db';
import { listDrift } from '@/lib/services/drift/list';
import { executeAction } from '@/lib/services/mutations/execute';
import { keepTheirs, putOursBack } from '@/lib/services/mutations/settle-drift';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { keepSentence } from '@/lib/words/en/drift';
import { eur, gateOverSimulator, job, live, remote, rowOf } from '../../fixtures/gate';
import { joinAs } from '../../fixtures/people';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';

const { admin, posts } = gateOverSimulator();

/** A campaign whose cap at Facebook is all there is of the month, and less than its days could cost at their dearest. */
const capped = () =>
  live(
    (plan) => ({
      ...plan,
      dailyBudget: eur(10_000),
      envelope: { ...plan.envelope, monthlyCeiling: eur(ceiling(plan.account.timezone)) },
      adSets: plan.adSets.slice(0, 1).map((adSet) => ({ ...adSet, dailyBudget: eur(10_000) })),
    }),
    { minCampaignSpendCapMinor: '10000' },
  );
const ceiling = (zone: string) => 10_000 * monthOfDay(dayIn(zone, new Date())).daysLeft + 1_000;
const root = async (launch: SimulatedLaunch) => {
  const seen = await remote(launch, 'campaign', 'campaign');
  if (!seen) throw new Error('no campaign');
  return seen;
};
const capNow = async (launch: SimulatedLaunch) => (await root(launch)).spendCap?.minor ?? null;
const set = async (launch: SimulatedLaunch, cap: bigint | null) =>
  admin('POST', `worlds/${launch.world.worldId}/edit`, {
    objectId: (await root(launch)).remoteId,
    set: { spend_cap: cap === null ? null : String(cap) },
  });
/** Raised there by so much, and found; answers what stood and the finding. */
async function changed(launch: SimulatedLaunch, to: (cap: bigint) => bigint | null) {
  const cap = await capNow(launch);
  if (cap === null) throw new Error('no cap');
  await set(launch, to(cap));
  await watchDrift(launch.ctx, launch);
  const [finding, ...others] = await listDrift(launch.ctx);
  expect(others).toEqual([]);
  if (finding?.field !== 'spend_cap') throw new Error('the cap was not found changed');
  return { cap, finding };
}
const month = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, async (tx) => {
    const row = await tx.monthBudget.findFirstOrThrow({ orderBy: { month: 'desc' } });
    const share = await tx.monthShare.findFirstOrThrow({ where: { month: row.month } });
    return { row, share, promised: row.committedMinor + row.reservedMinor };
  });
const restoring = async (launch: SimulatedLaunch, findingId: string) => {
  expect(await putOursBack(launch.ctx, { findingIds: [findingId] })).toEqual([{ findingId, answer: 'allow' }]);
  const { actionId } = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.driftFinding.findUniqueOrThrow({ where: { id: findingId } }),
  );
  return actionId ?? '';
};
const capWrites = async (launch: SimulatedLaunch) =>
  (await posts(launch)).flatMap(({ params }) => (params.spend_cap ? [String(params.spend_cap)] : []));
const stateOf = async (launch: SimulatedLaunch) =>
  (await listDrift(launch.ctx, { past: true })).map(({ state }) => state);
const fault = (launch: SimulatedLaunch, draft: object) =>
  admin('POST', 'faults', { world: launch.world.worldId, match: { method: 'POST', body: 'spend_cap' }, ...draft });

describe('a cap that somebody raised at Facebook, put back', () => {
  it('goes through the gate, is written once, read back, and looks like ours again', async () => {
    const launch = await capped();
    const { cap, finding } = await changed(launch, (minor) => minor + 5_000n);
    const before = (await capWrites(launch)).length;
    const actionId = await restoring(launch, finding.id);
    await executeAction(job(launch), { actionId });
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'DONE', kind: 'restore_guard' });
    expect(await capNow(launch)).toBe(cap);
    expect((await capWrites(launch)).slice(before)).toHaveLength(1);
    expect(await watchDrift(launch.ctx, launch)).toEqual({ found: 0, fresh: 0 });
    expect(await stateOf(launch)).toEqual(['RESTORED']);
  }, 180_000);

  it('is looked up where the answer is lost, and sent again only where it never arrived', async () => {
    for (const [kind, sent] of [
      ['drop_after', 1],
      ['drop_before', 1],
    ] as const) {
      const launch = await capped();
      const { cap, finding } = await changed(launch, (minor) => minor + 5_000n);
      const before = (await capWrites(launch)).length;
      const actionId = await restoring(launch, finding.id);
      await fault(launch, { kind });
      expect(await executeAction(job(launch), { actionId })).toMatchObject({ snoozeSeconds: expect.any(Number) });
      expect((await rowOf(launch, actionId)).state).toBe('EXECUTING');
      await executeAction(job(launch), { actionId });
      expect((await rowOf(launch, actionId)).state).toBe('DONE');
      expect(await capNow(launch)).toBe(cap);
      const taken = (await capWrites(launch)).slice(before);
      expect(taken.length - (kind === 'drop_before' ? 1 : 0), kind).toBe(sent);
    }
  }, 180_000);

  it('writes nothing over what was changed again meanwhile, and asks anew', async () => {
    const launch = await capped();
    const { cap, finding } = await changed(launch, (minor) => minor + 5_000n);
    const actionId = await restoring(launch, finding.id);
    await set(launch, cap + 7_000n);
    const before = (await capWrites(launch)).length;
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'conflict' });
    expect((await capWrites(launch)).length).toBe(before);
    expect(await capNow(launch)).toBe(cap + 7_000n);
    await watchDrift(launch.ctx, launch);
    expect(await stateOf(launch)).toContain('OPEN');
  }, 180_000);
});

describe('a cap that somebody raised at Facebook, kept', () => {
  it('is refused where the month has no room for what it lets through, and nothing is counted', async () => {
    const launch = await capped();
    const { finding } = await changed(launch, (minor) => minor + 5_000n);
    const before = await month(launch);
    expect(before.promised).toBe(before.row.ceilingMinor);
    await expect(keepTheirs(launch.ctx, { findingIds: [finding.id] })).rejects.toMatchObject({
      code: 'guard_beyond_month',
    });
    expect(await month(launch)).toEqual(before);
    expect(await stateOf(launch)).toEqual(['OPEN']);
  }, 180_000);

  it('makes the month’s promise grow by exactly what the card said before the press, never above the ceiling', async () => {
    const launch = await capped();
    const { finding } = await changed(launch, (minor) => minor + 500n);
    const before = await month(launch);
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthBudget.updateMany({ data: { ceilingMinor: before.row.ceilingMinor + 500n } }),
    );
    expect(finding.keepCosts).toBe('500');
    expect(keepSentence(finding, 'en')).toContain('€5');
    const manager = await joinAs(launch.ctx.workspaceId, 'manager', { minor: 1_000_000n, currency: 'EUR' });
    const theirs = { ...launch.ctx, actor: { type: 'user' as const, id: manager.userId } };
    await expect(keepTheirs(theirs, { findingIds: [finding.id] })).rejects.toMatchObject({ code: 'above_your_limit' });
    expect((await month(launch)).promised).toBe(before.promised);
    const presses = await Promise.allSettled(
      Array.from({ length: 4 }, () => keepTheirs(launch.ctx, { findingIds: [finding.id] })),
    );
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const after = await month(launch);
    expect(after.promised).toBe(before.promised + 500n);
    expect(after.promised).toBeLessThanOrEqual(after.row.ceilingMinor);
    expect(after.share.lifetimeCapMinor).toBe(await capNow(launch));
    expect(await watchDrift(launch.ctx, launch)).toMatchObject({ fresh: 0 });
    expect(await listDrift(launch.ctx)).toEqual([]);
  }, 180_000);

  it('cannot be kept where it was taken away: the card says so, and the press is refused', async () => {
    const launch = await capped();
    const { finding } = await changed(launch, () => null);
    expect(finding.keepCosts).toBeNull();
    expect(keepSentence(finding, 'en')).toMatch(/only put back/);
    await expect(keepTheirs(launch.ctx, { findingIds: [finding.id] })).rejects.toMatchObject({
      code: 'guard_beyond_month',
    });
    const actionId = await restoring(launch, finding.id);
    await executeAction(job(launch), { actionId });
    expect((await rowOf(launch, actionId)).state).toBe('DONE');
  }, 180_000);
});
