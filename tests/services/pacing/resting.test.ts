import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostSpend } from '@/lib/domain/pacing';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact } from '@/lib/services/context';
import { recountRunning } from '@/lib/services/pacing/recount';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import type { Launch } from '../../fixtures/launch';
import {
  another,
  ask,
  at,
  carriedOut,
  changedThere,
  codeOf,
  costing,
  eur,
  job,
  monthOf,
  openBooks,
  press,
  pulledAt,
  shareOf,
  spentOn,
  switchOn,
} from '../../fixtures/money-books';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const NOVEMBER = '2026-11';
const recounted = (launch: Launch) => transact(job(launch), (tx, ctx) => recountRunning(tx, ctx, launch.projectId));
const limit = async (launch: Launch, change: Parameters<typeof proposePolicyChange>[1]['change']) =>
  press(
    launch.ctx,
    await proposePolicyChange(launch.ctx, { projectId: launch.projectId, conversationId: null, change }),
  );
async function pause(launch: Launch, campaignRecordId: string): Promise<void> {
  const { actionId } = await ask(launch, campaignRecordId, { kind: 'pause_campaign' });
  await carriedOut(launch, actionId);
  await recounted(launch);
}
const resume = (launch: Launch, campaignRecordId: string) => ask(launch, campaignRecordId, { kind: 'resume_campaign' });

describe('a paused campaign', () => {
  it('gives back what it can no longer spend, so that something else may run', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 40_000);
    const { campaignRecordId } = launch.first;
    expect(await codeOf(press(launch.ctx, await another(launch, costing(1_000, 40_000))))).toBe('above_month_limit');
    await pause(launch, campaignRecordId);
    // One day ran, and that day may have been its dearest.
    expect(await shareOf(launch, campaignRecordId, NOVEMBER)).toMatchObject({
      committedMinor: mostSpend(1_000n, 1),
      dailyMinor: 0n,
    });
    expect((await monthOf(launch, NOVEMBER))?.committedMinor).toBe(mostSpend(1_000n, 1));
    await switchOn(launch, await another(launch, costing(1_000, 40_000)));
  });

  it('keeps what its days cost, and no more once the numbers are whole', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 40_000);
    const { campaignRecordId } = launch.first;
    await at(launch, '2026-11-08T10:00:00Z');
    await pause(launch, campaignRecordId);
    expect((await shareOf(launch, campaignRecordId, NOVEMBER))?.committedMinor).toBe(mostSpend(1_000n, 3) + 1_750n);
    for (const [day, minor] of [
      ['2026-11-05', 900],
      ['2026-11-06', 1_400],
      ['2026-11-08', 300],
    ] as const)
      await spentOn(launch, campaignRecordId, day, minor);
    await recounted(launch);
    expect((await shareOf(launch, campaignRecordId, NOVEMBER))?.committedMinor).toBe(mostSpend(1_000n, 3) + 1_750n);
    await at(launch, '2026-11-09T10:00:00Z');
    await pulledAt(launch, '2026-11-09T08:00:00Z');
    await recounted(launch);
    expect((await shareOf(launch, campaignRecordId, NOVEMBER))?.committedMinor).toBe(2_600n);
    expect((await monthOf(launch, NOVEMBER))?.committedMinor).toBe(2_600n);
  });

  it('asks for its part again, and is not switched on where the month went to something else', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 40_000);
    const { campaignRecordId } = launch.first;
    await pause(launch, campaignRecordId);
    await switchOn(launch, await another(launch, costing(1_000, 40_000)));
    const again = await resume(launch, campaignRecordId);
    expect([again.verdict.answer, again.verdict.reasons]).toEqual(['refuse', ['above_ceiling']]);
  });

  it('takes at the press what it may cost until the month is over, once, and not again in the gate', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 60_000);
    const { campaignRecordId } = launch.first;
    await pause(launch, campaignRecordId);
    const { actionId, pressed } = await resume(launch, campaignRecordId);
    expect(pressed).toBe('fulfilled');
    const held = await monthOf(launch, NOVEMBER);
    expect(held?.committedMinor).toBe(1_750n);
    // Today once more, because nobody knows what it cost yet, and every day after it.
    expect(held?.reservedMinor).toBe(1_750n + mostSpend(1_000n, 25));
    await carriedOut(launch, actionId);
    const share = await shareOf(launch, campaignRecordId, NOVEMBER);
    expect(share).toMatchObject({ dailyMinor: 1_000n, fromDay: '2026-11-06' });
    expect(share?.committedMinor).toBe((held?.committedMinor ?? 0n) + (held?.reservedMinor ?? 0n));
    expect((await monthOf(launch, NOVEMBER))?.reservedMinor).toBe(0n);
  });

  it('takes nothing of a month it rests in, and that month’s part when it is switched on in it', async () => {
    const launch = await openBooks('2026-11-25T10:00:00Z', 1_000, 40_000);
    const { campaignRecordId } = launch.first;
    await pause(launch, campaignRecordId);
    await at(launch, '2026-12-10T10:00:00Z');
    await switchOn(launch, await another(launch, costing(300, 40_000)));
    expect((await shareOf(launch, campaignRecordId, '2026-12'))?.committedMinor).toBe(0n);
    const { actionId, pressed } = await resume(launch, campaignRecordId);
    expect(pressed).toBe('fulfilled');
    await carriedOut(launch, actionId);
    const share = await shareOf(launch, campaignRecordId, '2026-12');
    expect(share?.committedMinor).toBe(1_750n + mostSpend(1_000n, 21));
    expect(share?.untilDay).toBe('2027-01-01');
  });

  it('raised while it rests takes nothing, and counts with the raised budget when it is switched on', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 90_000);
    const { campaignRecordId, adSetKeys } = launch.first;
    const [adSetKey = ''] = adSetKeys;
    await pause(launch, campaignRecordId);
    const rests = await monthOf(launch, NOVEMBER);
    const raise = await ask(launch, campaignRecordId, {
      kind: 'set_ad_set_budget',
      adSetKey,
      from: eur(1_000),
      to: eur(2_000),
    });
    expect(raise.pressed).toBe('fulfilled');
    expect((await monthOf(launch, NOVEMBER))?.reservedMinor).toBe(0n);
    // Switched on while the raise is on its way: it is counted all the same.
    const on = await resume(launch, campaignRecordId);
    expect(on.pressed).toBe('fulfilled');
    expect((await monthOf(launch, NOVEMBER))?.reservedMinor).toBeGreaterThanOrEqual(mostSpend(2_000n, 25));
    await carriedOut(launch, on.actionId);
    await carriedOut(launch, raise.actionId);
    expect(await shareOf(launch, campaignRecordId, NOVEMBER)).toMatchObject({ dailyMinor: 2_000n });
    expect((await monthOf(launch, NOVEMBER))?.committedMinor).toBeGreaterThanOrEqual(
      (rests?.committedMinor ?? 0n) + mostSpend(2_000n, 25),
    );
  });
});

describe('the owner’s limits on a day and on a week', () => {
  it.each([
    ['dayCeiling', 3_499, 3_500, 'above_day_limit'],
    ['weekCeiling', 13_999, 14_000, 'above_week_limit'],
  ] as const)('bind a campaign that is switched on again: %s', async (field, below, exact, reason) => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 200_000);
    const { campaignRecordId } = launch.first;
    await pause(launch, campaignRecordId);
    await switchOn(launch, await another(launch, costing(1_000, 200_000)));
    await limit(launch, { [field]: eur(below) });
    expect((await resume(launch, campaignRecordId)).verdict).toMatchObject({ answer: 'refuse', reasons: [reason] });
    await limit(launch, { [field]: eur(exact) });
    expect((await resume(launch, campaignRecordId)).pressed).toBe('fulfilled');
  });

  it('count a launch that was pressed and has not begun', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 200_000);
    await limit(launch, { dayCeiling: eur(3_500) });
    await press(launch.ctx, await another(launch, costing(1_000, 200_000)));
    expect(await codeOf(press(launch.ctx, await another(launch, costing(1_000, 200_000))))).toBe('above_month_limit');
  });
});

describe('what somebody changed at the platform', () => {
  it('counts from the moment it is seen, also where it does not fit, and nothing new fits then', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 60_000);
    const { campaignRecordId, adSetKeys } = launch.first;
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthShare.updateMany({ data: { capMinor: null, lifetimeCapMinor: null } }),
    );
    await changedThere(launch, campaignRecordId, adSetKeys[0] ?? '', 5_000);
    await recounted(launch);
    const month = await monthOf(launch, NOVEMBER);
    expect(month?.committedMinor).toBeGreaterThanOrEqual(mostSpend(5_000n, 26));
    expect(month?.liftMinor).toBe((month?.committedMinor ?? 0n) - 60_000n);
    expect(await codeOf(press(launch.ctx, await another(launch, costing(100, 60_000))))).toBe('above_month_limit');
  });

  it('on a day that was changed here already still counts for that day', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 200_000);
    const { campaignRecordId, adSetKeys } = launch.first;
    const [adSetKey = ''] = adSetKeys;
    const raise = (from: number, to: number) =>
      ask(launch, campaignRecordId, { kind: 'set_ad_set_budget', adSetKey, from: eur(from), to: eur(to) });
    await carriedOut(launch, (await raise(1_000, 1_200)).actionId);
    await changedThere(launch, campaignRecordId, adSetKey, 4_000);
    await carriedOut(launch, (await raise(4_000, 4_100)).actionId);
    const share = await shareOf(launch, campaignRecordId, NOVEMBER);
    // Today may have cost the dearest day of 41, and every day after it.
    expect(share?.baseMinor).toBeGreaterThanOrEqual(mostSpend(4_100n, 1));
    expect(share?.committedMinor).toBeGreaterThanOrEqual(mostSpend(4_100n, 1) + mostSpend(4_100n, 25));
  });

  it('and was spent is believed, also above what our own budgets would have allowed', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 200_000);
    const { campaignRecordId, adSetKeys } = launch.first;
    const [adSetKey = ''] = adSetKeys;
    // Raised and put back at the platform between two looks: only the money shows it.
    await spentOn(launch, campaignRecordId, '2026-11-05', 30_000);
    await at(launch, '2026-11-06T10:00:00Z');
    await pulledAt(launch, '2026-11-06T08:00:00Z');
    const { actionId } = await ask(launch, campaignRecordId, {
      kind: 'set_ad_set_budget',
      adSetKey,
      from: eur(1_000),
      to: eur(1_100),
    });
    await carriedOut(launch, actionId);
    expect((await shareOf(launch, campaignRecordId, NOVEMBER))?.baseMinor).toBe(30_000n + mostSpend(1_100n, 1));
  });

  it('switched on there counts again, as far as its cap lets it', async () => {
    const launch = await openBooks('2026-11-05T10:00:00Z', 1_000, 60_000);
    const { campaignRecordId } = launch.first;
    const before = await shareOf(launch, campaignRecordId, NOVEMBER);
    await pause(launch, campaignRecordId);
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.campaignRecord.update({ where: { id: campaignRecordId }, data: { status: 'ACTIVE' } }),
    );
    await recounted(launch);
    const after = await shareOf(launch, campaignRecordId, NOVEMBER);
    expect(after?.dailyMinor).toBe(1_000n);
    expect(after?.committedMinor).toBeGreaterThanOrEqual(mostSpend(1_000n, 25));
    expect(after?.committedMinor).toBeLessThanOrEqual((before?.committedMinor ?? 0n) + 1_750n);
  });
});
