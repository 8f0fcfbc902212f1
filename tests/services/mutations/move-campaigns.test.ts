import { afterEach, describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { inWorkspace } from '@/lib/runtime/db';
import { executeAction } from '@/lib/services/mutations/execute';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { undoAction } from '@/lib/services/mutations/undo';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { approveAction, eur, gateOverSimulator, job, propose, rowOf } from '../../fixtures/gate';
import {
  adSetOf,
  books,
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

const { posts, admin } = gateOverSimulator();
afterEach(() => admin('DELETE', 'faults'));

const both = async (two: Two) => [await dailyAt(two, two.campaignRecordId), await dailyAt(two, two.second)];
const eventsOf = (two: Two) =>
  inWorkspace(two.ctx.workspaceId, (tx) =>
    tx.event.findMany({ where: { type: 'action.failed' }, select: { payload: true } }),
  );

describe('money that moves between two campaigns', () => {
  it('runs alone inside the envelope: lower first, then raise, both read back, recorded, and taken back with one press', async () => {
    const two = await twoLive();
    const before = await books(two);
    const { actionId, verdict } = await proposeMove(two, moving(two, 200));
    expect(verdict).toMatchObject({ answer: 'allow', reasons: ['sum_unchanged'] });
    const sent = (await posts(two)).length;
    await executeAction(job(two), { actionId });
    expect(await both(two)).toEqual([800n, 1_200n]);
    const budgets = (await posts(two)).slice(sent).flatMap(({ params }) => params.daily_budget ?? []);
    expect(budgets.map(String)).toEqual(['800', '1200']);
    expect(await rowOf(two, actionId)).toMatchObject({
      state: 'DONE',
      otherCampaignId: two.second,
      before: { 'adset:adset-1': { dailyBudget: eur(1_000) }, 'other/adset:adset-1': { dailyBudget: eur(1_000) } },
      after: { 'adset:adset-1': { dailyBudget: eur(800) }, 'other/adset:adset-1': { dailyBudget: eur(1_200) } },
    });
    const after = await books(two);
    expect([after.first?.dailyMinor, after.second?.dailyMinor, after.reserved]).toEqual([800n, 1_200n, 0n]);
    expect(after.promised).toBeLessThanOrEqual(after.ceiling);
    // The books are reckoned anew from today, day by day at its dearest; what is spent a day in all is what it was.
    expect((before.first?.dailyMinor ?? 0n) + (before.second?.dailyMinor ?? 0n)).toBe(2_000n);
    // Neither looks as if somebody else had changed it.
    for (const campaignRecordId of [two.campaignRecordId, two.second])
      expect(await watchDrift(two.ctx, { campaignRecordId })).toEqual({ found: 0, fresh: 0 });

    const undo = await undoAction(two.ctx, { actionId });
    await executeAction(job(two), undo);
    expect(await both(two)).toEqual([1_000n, 1_000n]);
    expect((await rowOf(two, actionId)).state).toBe('UNDONE');
    const back = await books(two);
    expect([back.first?.dailyMinor, back.second?.dailyMinor, back.reserved]).toEqual([1_000n, 1_000n, 0n]);
  }, 120_000);

  it('moves caps and stop rules of both with it, where the month is promised to the last cent', async () => {
    // 24 000 a month for two campaigns of 350 a day: their caps bound both.
    const two = await twoLive({ first: 400, second: 400, ceiling: 21_000 });
    const before = await books(two);
    expect(before.promised).toBeLessThanOrEqual(before.ceiling);
    const { actionId, verdict } = await proposeMove(two, moving(two, 80, [400, 400]));
    expect(verdict.answer).toBe('allow');
    await executeAction(job(two), { actionId });
    expect((await rowOf(two, actionId)).state).toBe('DONE');
    const after = await books(two);
    expect(after.promised).toBeLessThanOrEqual(after.ceiling);
    for (const [id, share] of [
      [two.campaignRecordId, after.first],
      [two.second, after.second],
    ] as const) {
      const root = await rootOf(two, id);
      const seen = await metaReader.read(two.access, 'campaign', root.remoteId);
      expect(seen?.spendCap?.minor ?? null).toBe(share?.lifetimeCapMinor ?? null);
    }
    const { remoteId } = await rootOf(two, two.second);
    const [rule] = await metaReader.listStopRules(two.access, { campaignRemoteId: remoteId });
    expect(rule?.perDay?.minor).toBeGreaterThanOrEqual(840n);
  }, 120_000);

  it('a raise that Facebook refuses is told, and the other one is set back to what it was', async () => {
    const two = await twoLive();
    const before = await books(two);
    const { actionId } = await proposeMove(two, moving(two, 200));
    await strikeAdSet(admin, two, two.second, REFUSED);
    await executeAction(job(two), { actionId });
    expect(await both(two)).toEqual([1_000n, 1_000n]);
    expect((await rowOf(two, actionId)).state).toBe('FAILED');
    expect((await eventsOf(two)).map(({ payload }) => (payload as { move?: string }).move)).toEqual(['put_back']);
    const after = await books(two);
    expect([after.promised, after.reserved]).toEqual([before.promised, 0n]);
    expect([after.first?.dailyMinor, after.second?.dailyMinor]).toEqual([1_000n, 1_000n]);
    // Carried out again by a job that came late, it stays over.
    await executeAction(job(two), { actionId });
    expect(await both(two)).toEqual([1_000n, 1_000n]);
  }, 120_000);

  it('where it cannot be set back either, it says so, frees the room and asks on a card', async () => {
    const two = await twoLive();
    const { actionId } = await proposeMove(two, moving(two, 200));
    await strikeAdSet(admin, two, two.second, REFUSED);
    await strikeAdSet(admin, two, two.campaignRecordId, { ...REFUSED, nth: 2 });
    await executeAction(job(two), { actionId });
    expect(await both(two)).toEqual([800n, 1_000n]);
    expect((await eventsOf(two)).map(({ payload }) => (payload as { move?: string }).move)).toEqual(['half_done']);
    const after = await books(two);
    expect([after.first?.dailyMinor, after.second?.dailyMinor, after.reserved]).toEqual([800n, 1_000n, 0n]);
    const card = await inWorkspace(two.ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.findFirstOrThrow({ where: { kind: 'set_ad_set_budget', state: 'WAITING' } }),
    );
    expect(card.action).toMatchObject({ from: eur(800), to: eur(1_000) });
    await admin('DELETE', 'faults');
    await approveAction(two, card.id);
    await executeAction(job(two), { actionId: card.id });
    expect(await both(two)).toEqual([1_000n, 1_000n]);
  }, 120_000);

  it('a lost answer to the raise is settled by looking; nothing is raised twice', async () => {
    const two = await twoLive();
    const { actionId } = await proposeMove(two, moving(two, 200));
    await strikeAdSet(admin, two, two.second, { kind: 'drop_after' });
    expect(await executeAction(job(two), { actionId })).toMatchObject({ snoozeSeconds: expect.any(Number) });
    expect((await rowOf(two, actionId)).state).toBe('EXECUTING');
    await executeAction(job(two), { actionId });
    expect((await rowOf(two, actionId)).state).toBe('DONE');
    expect(await both(two)).toEqual([800n, 1_200n]);
  }, 120_000);

  it('writes nothing where one of the two was changed at Facebook since', async () => {
    const two = await twoLive();
    const { actionId } = await proposeMove(two, moving(two, 200));
    const { remoteId } = await adSetOf(two, two.second);
    await admin('POST', `worlds/${two.world.worldId}/edit`, { objectId: remoteId, set: { daily_budget: '3000' } });
    const sent = (await posts(two)).length;
    await executeAction(job(two), { actionId });
    expect((await posts(two)).length).toBe(sent);
    expect(await rowOf(two, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'conflict' });
    expect((await books(two)).reserved).toBe(0n);
  }, 120_000);

  it('is judged: one sum, one project, running campaigns, one step, and the owner’s own word', async () => {
    const two = await twoLive();
    const asked = async (change: Partial<{ first: number; second: number; campaignId: string }>) => {
      const action = moving(two, 200);
      if (action.kind !== 'shift_campaigns') throw new Error('no move');
      const [own] = action.moves;
      const [theirs] = action.other.moves;
      if (!own || !theirs) throw new Error('no moves');
      return (
        await proposeMove(
          two,
          {
            ...action,
            moves: [{ ...own, to: eur(change.first ?? 800) }],
            other: {
              ...action.other,
              campaignId: change.campaignId ?? two.second,
              moves: [{ ...theirs, to: eur(change.second ?? 1_200) }],
            },
          },
          JSON.stringify(change),
        )
      ).verdict;
    };
    expect(await asked({ second: 1_199 })).toMatchObject({ answer: 'refuse', reasons: ['sum_changes'] });
    expect(await asked({ first: 1_200, second: 1_200 })).toMatchObject({ answer: 'refuse', reasons: ['sum_changes'] });
    expect(await asked({ first: 799, second: 1_201 })).toMatchObject({ answer: 'ask', reasons: ['step_too_large'] });
    expect(await asked({ campaignId: two.campaignRecordId })).toMatchObject({ answer: 'refuse' });
    const stranger = await twoLive();
    expect(await asked({ campaignId: stranger.second })).toMatchObject({
      answer: 'refuse',
      reasons: ['unknown_ad_set'],
    });
    await inWorkspace(two.ctx.workspaceId, (tx) =>
      tx.campaignRecord.update({ where: { id: two.second }, data: { status: 'PAUSED' } }),
    );
    expect(await asked({})).toMatchObject({ answer: 'refuse', reasons: ['unknown_ad_set'] });
  }, 180_000);
});

describe('money that moves, and everything else at once', () => {
  it('eight workers carry it out once', async () => {
    const two = await twoLive();
    const { actionId } = await proposeMove(two, moving(two, 200));
    const sent = (await posts(two)).length;
    await Promise.allSettled(Array.from({ length: 8 }, () => executeAction(job(two), { actionId })));
    await executeAction(job(two), { actionId });
    expect(await both(two)).toEqual([800n, 1_200n]);
    const budgets = (await posts(two)).slice(sent).flatMap(({ params }) => params.daily_budget ?? []);
    expect(budgets.map(String)).toEqual(['800', '1200']);
  }, 120_000);

  it('a stop in the middle leaves nothing dearer, and the books say what stands', async () => {
    for (const delayMs of [0, 40, 120]) {
      const two = await twoLive();
      const { actionId } = await proposeMove(two, moving(two, 200));
      await admin('POST', 'faults', {
        kind: 'latency',
        world: two.world.worldId,
        match: { method: 'POST' },
        times: 0,
        params: { ms: 60 },
      });
      await Promise.allSettled([
        executeAction(job(two), { actionId }),
        new Promise((done) => setTimeout(done, delayMs)).then(() =>
          stopEverything(two.ctx, { scope: { kind: 'workspace' } }),
        ),
      ]);
      await executeAction(job(two), { actionId });
      const [first, second] = await both(two);
      const row = await rowOf(two, actionId);
      const after = await books(two);
      expect(Number(first) + Number(second)).toBeLessThanOrEqual(2_000);
      expect(['DONE', 'FAILED', 'REFUSED']).toContain(row.state);
      expect(after.reserved).toBe(0n);
      expect(after.promised).toBeLessThanOrEqual(after.ceiling);
      // A campaign the stop paused counts nothing a day; otherwise the books show what the platform shows.
      if (row.state === 'DONE') expect([first, second]).toEqual([800n, 1_200n]);
      else expect(second).toBe(1_000n);
      await admin('DELETE', 'faults');
    }
  }, 240_000);

  it('a raise pressed while money moves is refused or fits; the month holds at every moment', async () => {
    const two = await twoLive({ ceiling: 80_000 });
    const raise = await propose(two, {
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(1_000),
      to: eur(1_200),
    });
    const { actionId } = await proposeMove(two, moving(two, 200));
    await admin('POST', 'faults', {
      kind: 'latency',
      world: two.world.worldId,
      match: { method: 'POST' },
      times: 0,
      params: { ms: 80 },
    });
    let most = 0n;
    let over = false;
    const watching = (async () => {
      while (!over) {
        const { promised, ceiling } = await books(two);
        if (promised > most) most = promised;
        expect(promised).toBeLessThanOrEqual(ceiling);
        await new Promise((done) => setTimeout(done, 10));
      }
    })();
    await Promise.allSettled([
      executeAction(job(two), { actionId }),
      new Promise((done) => setTimeout(done, 60)).then(() => approveAction(two, raise.actionId)),
    ]);
    await executeAction(job(two), { actionId });
    await executeAction(job(two), { actionId: raise.actionId });
    over = true;
    await watching;
    const [first, second] = await both(two);
    // Planned from 1 000, the raise comes before the move or not at all.
    expect([
      [800n, 1_200n],
      [1_200n, 1_000n],
    ]).toContainEqual([first, second]);
    expect(most).toBeGreaterThan(0n);
    expect((await books(two)).reserved).toBe(0n);
  }, 120_000);

  it('nothing else of either campaign is reckoned while money moves; afterwards it is', async () => {
    const two = await twoLive();
    const asked = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_050) } as const;
    const raise = await propose(two, asked);
    const { actionId } = await proposeMove(two, moving(two, 200));
    await strikeAdSet(admin, two, two.second, { kind: 'drop_after' });
    await executeAction(job(two), { actionId });
    await expect(approveAction(two, raise.actionId)).rejects.toMatchObject({ code: 'conflict' });
    expect((await rowOf(two, raise.actionId)).state).toBe('WAITING');
    await executeAction(job(two), { actionId });
    expect((await rowOf(two, actionId)).state).toBe('DONE');
  }, 120_000);

  it('two moves across each other never raise the sum', async () => {
    const two = await twoLive();
    const one = await proposeMove(two, moving(two, 200));
    const other = await proposeMove(two, moving(two, -150), 'another day');
    expect(one.actionId).not.toBe(other.actionId);
    await Promise.allSettled([executeAction(job(two), one), executeAction(job(two), { actionId: other.actionId })]);
    for (const id of [one.actionId, other.actionId]) await executeAction(job(two), { actionId: id });
    const [first, second] = await both(two);
    expect(Number(first) + Number(second)).toBe(2_000);
    for (const id of [two.campaignRecordId, two.second]) await look(two, id);
    const after = await books(two);
    expect(after.reserved).toBe(0n);
    expect([after.first?.dailyMinor, after.second?.dailyMinor]).toEqual([first, second]);
  }, 120_000);
});
