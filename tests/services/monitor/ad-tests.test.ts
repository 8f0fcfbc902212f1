import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { judgeRunningTests } from '@/lib/services/ad-tests/judge-running';
import { decideApproval } from '@/lib/services/approvals/decide';
import { executeAction } from '@/lib/services/mutations/execute';
import { undoAction } from '@/lib/services/mutations/undo';
import { wishTest } from '@/lib/services/wishes/test';
import type { NoticeParams } from '@/lib/words/en/notices';
import { noticeText } from '@/lib/words/en/notices';
import { buildRunningCampaign, type Running, setBusinessTime } from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

/** A campaign whose ads were shown since 1 November; `clicks` says what each brought a day out of 3,000 times shown. */
async function shop(clicks: readonly number[], impressions = 3000): Promise<Running> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-11-01T10:00:00Z') });
  const { ctx, remote, accountExternalId } = running;
  const days = Array.from({ length: daysBetween('2026-11-01', '2026-12-20') }, (_, at) => addDays('2026-11-01', at));
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.remoteObject.updateMany({
      where: { level: { in: ['ad', 'adset'] } },
      data: { effectiveStatus: 'ACTIVE' },
    });
    await tx.insightFact.createMany({
      data: remote.ads.flatMap((entityId, ad) =>
        days.map((day) => ({
          workspaceId: ctx.workspaceId,
          platform: 'meta',
          level: 'ad',
          entityId,
          day: new Date(day),
          attribution: 'default',
          accountId: accountExternalId,
          parentId: remote.adset,
          currency: 'EUR',
          spendMinor: 300n,
          impressions,
          clicks: clicks[ad] ?? 0,
        })),
      ),
    });
  });
  await setBusinessTime(ctx.workspaceId, '2026-11-15T09:00:00Z');
  return running;
}

const ask = ({ ctx, projectId, campaignRecordId }: Running, named?: string[]) =>
  wishTest(ctx, {
    projectId,
    campaignId: campaignRecordId,
    compare: 'ads',
    ...(named ? { named } : {}),
    question: 'Do photos of the cake do better?',
    by: 'owner',
  });
/** The press on the card, and what the gate makes of it. */
async function start(running: Running, named?: string[]): Promise<string> {
  const wished = await ask(running, named);
  if ('refused' in wished) throw new Error(`refused: ${wished.refused}`);
  const { ctx } = running;
  const card = await inWorkspace(ctx.workspaceId, (tx) =>
    tx.approval.findFirstOrThrow({ where: { actionId: wished.actionId, state: 'WAITING' } }),
  );
  await decideApproval(ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
  await executeAction(ctx, { actionId: wished.actionId });
  return wished.actionId;
}
const tests = ({ ctx }: Running) => inWorkspace(ctx.workspaceId, (tx) => tx.adTest.findMany());
const judgeOn = async ({ ctx, adAccountId }: Running, day: string) => {
  await setBusinessTime(ctx.workspaceId, `${day}T09:00:00Z`);
  return judgeRunningTests(ctx, { adAccountId });
};
const heard = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.notification.findMany({ where: { key: { startsWith: 'ad_test' } } }));
const proposals = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.campaignActionRecord.findMany({ where: { kind: { not: 'start_test' } } }));

describe('a comparison of ads', () => {
  it('is put on a card with what it sees and by when, and nothing runs before the press', async () => {
    const running = await shop([45, 45, 45]);
    const wished = await ask(running);
    expect(wished).toMatchObject({
      test: { level: 'ad', drawnBy: 'platform', measure: 'clicks', seesPercent: 30, moves: [] },
      names: expect.arrayContaining([expect.any(String)]),
    });
    expect(await tests(running)).toEqual([]);
    expect(await inWorkspace(running.ctx.workspaceId, (tx) => tx.approval.count({ where: { state: 'WAITING' } }))).toBe(
      1,
    );
  });

  it('too small to see anything, it is refused with how long it would take, and no card stands there', async () => {
    const running = await shop([2, 2, 2], 150);
    const small = await ask(running);
    expect(small).toMatchObject({ refused: 'too_small_to_see' });
    expect('refused' in small && small.days).toBeGreaterThan(28);
    expect(await inWorkspace(running.ctx.workspaceId, (tx) => tx.approval.count())).toBe(0);
  });

  it('compares the ads that were named; a text that is no ad yet is said to be none', async () => {
    const running = await shop([45, 45, 45]);
    expect(await ask(running, ['1', '-1'])).toMatchObject({ test: { arms: ['ad-1', 'ad-3'] } });
    expect(await ask(running, ['1', 'Cakes for dogs'])).toEqual({
      refused: 'not_an_ad_yet',
      days: null,
      names: ['Cakes for dogs'],
    });
  });

  it('runs after the press, in the trail and the history; Undo ends it and concludes nothing', async () => {
    const running = await shop([60, 30, 58]);
    const actionId = await start(running);
    expect(await tests(running)).toMatchObject([{ state: 'RUNNING', actionId, level: 'ad', studyId: null }]);
    const undo = await undoAction(running.ctx, { actionId });
    await executeAction(running.ctx, undo);
    expect(await tests(running)).toMatchObject([{ state: 'STOPPED' }]);
    const events = await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.event.findMany({ orderBy: { createdAt: 'asc' } }),
    );
    expect(events.map(({ type }) => type).filter((type) => type.startsWith('ad_test'))).toEqual([
      'ad_test.started',
      'ad_test.ended',
    ]);
    expect(await judgeOn(running, '2026-12-14')).toEqual({ ended: 0 });
    expect(await heard(running)).toEqual([]);
    // What is over cannot be ended once more.
    await expect(undoAction(running.ctx, { actionId })).resolves.toEqual(undo);
    expect(await ask(running)).toMatchObject({ test: { level: 'ad' } });
  });

  it('two cards pressed at once start one comparison', async () => {
    const running = await shop([60, 30, 58]);
    const first = await ask(running);
    const press = async (actionId: string) => {
      const card = await inWorkspace(running.ctx.workspaceId, (tx) =>
        tx.approval.findFirstOrThrow({ where: { actionId } }),
      );
      await decideApproval(running.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
    };
    if ('refused' in first) throw new Error(first.refused);
    await press(first.actionId);
    const second = await ask(running);
    if ('refused' in second) expect(second.reasons).toEqual(['test_runs']);
    else await press(second.actionId);
    await executeAction(running.ctx, { actionId: first.actionId });
    expect(await tests(running)).toHaveLength(1);
  });

  it('runs once at a time and ends once; between two that are close nobody is called the winner', async () => {
    const running = await shop([60, 30, 58]);
    await start(running);
    expect(await ask(running)).toMatchObject({ refused: 'runs_already' });
    let ended = 0;
    for (let day = '2026-11-16'; day <= '2026-12-14'; day = addDays(day, 2))
      ended += (await judgeOn(running, day)).ended;
    expect(ended).toBe(1);
    expect((await heard(running)).map(({ key }) => key)).toEqual(['ad_test_undecided']);
    expect(await proposals(running)).toEqual([]);
  });

  it('two ads: the clearly better one wins and the other is proposed to be paused', async () => {
    const running = await shop([60, 30, 0], 3000);
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({
        where: { localKey: 'ad-3' },
        data: { status: 'PAUSED', effectiveStatus: 'PAUSED' },
      }),
    );
    await start(running);
    for (let day = '2026-11-16'; day <= '2026-12-14'; day = addDays(day, 1)) await judgeOn(running, day);
    const [bell] = await heard(running);
    expect(bell?.key).toBe('ad_test_won');
    expect(noticeText('ad_test_won', bell?.params as NoticeParams, 'en').body).toMatch(/about 20 .*about 10\b/);
    expect(await proposals(running)).toMatchObject([{ kind: 'pause_ad', action: { adKey: 'ad-2' } }]);
  });

  it('equal ads: nobody is called the winner and nothing is proposed', async () => {
    const running = await shop([45, 45, 45]);
    await start(running);
    for (let day = '2026-11-16'; day <= '2026-12-16'; day = addDays(day, 2)) await judgeOn(running, day);
    const [bell] = await heard(running);
    expect(['ad_test_no_difference', 'ad_test_undecided']).toContain(bell?.key);
    expect(await proposals(running)).toEqual([]);
  });

  it('ends without a conclusion where one of the ads was switched off', async () => {
    const running = await shop([45, 44, 46]);
    await start(running);
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({
        where: { localKey: 'ad-2' },
        data: { status: 'PAUSED', effectiveStatus: 'PAUSED' },
      }),
    );
    await judgeOn(running, '2026-11-17');
    expect((await heard(running)).map(({ key }) => key)).toEqual(['ad_test_cancelled']);
    expect(await proposals(running)).toEqual([]);
  });
});
