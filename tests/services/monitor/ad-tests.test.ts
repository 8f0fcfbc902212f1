import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { judgeRunningTests } from '@/lib/services/ad-tests/judge-running';
import { planOrStartAdTest } from '@/lib/services/ad-tests/start';
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

const ask = ({ ctx, campaignRecordId }: Running, start: boolean) =>
  planOrStartAdTest(ctx, { campaignId: campaignRecordId, question: 'Do photos of the cake do better?', start });
const judgeOn = async ({ ctx, adAccountId }: Running, day: string) => {
  await setBusinessTime(ctx.workspaceId, `${day}T09:00:00Z`);
  return judgeRunningTests(ctx, { adAccountId });
};
const heard = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.notification.findMany({ where: { key: { startsWith: 'ad_test' } } }));
const actions = ({ ctx }: Running) => inWorkspace(ctx.workspaceId, (tx) => tx.campaignActionRecord.findMany());

describe('a comparison of ads', () => {
  it('is planned without starting anything, and refused where it would take too long, saying how long', async () => {
    const running = await shop([45, 45, 45]);
    const planned = await ask(running, false);
    expect(planned).toMatchObject({ started: false, plan: { measure: 'clicks' } });
    expect(await inWorkspace(running.ctx.workspaceId, (tx) => tx.adTest.count())).toBe(0);
    const small = await ask(await shop([2, 2, 2], 150), true);
    expect(small).toMatchObject({ refused: 'too_small_to_see' });
    expect(small && 'refused' in small && small.days).toBeGreaterThan(28);
  });

  it('runs once at a time and ends once; between two that are close nobody is called the winner', async () => {
    const running = await shop([60, 30, 58]);
    expect(await ask(running, true)).toMatchObject({ started: true });
    expect(await ask(running, true)).toMatchObject({ refused: 'runs_already' });
    let ended = 0;
    for (let day = '2026-11-16'; day <= '2026-12-14'; day = addDays(day, 2))
      ended += (await judgeOn(running, day)).ended;
    expect(ended).toBe(1);
    expect((await heard(running)).map(({ key }) => key)).toEqual(['ad_test_undecided']);
    expect(await actions(running)).toEqual([]);
  });

  it('two ads: the clearly better one wins and the other is proposed to be paused', async () => {
    const running = await shop([60, 30, 0], 3000);
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({
        where: { localKey: 'ad-3' },
        data: { status: 'PAUSED', effectiveStatus: 'PAUSED' },
      }),
    );
    await ask(running, true);
    for (let day = '2026-11-16'; day <= '2026-12-14'; day = addDays(day, 1)) await judgeOn(running, day);
    const [bell] = await heard(running);
    expect(bell?.key).toBe('ad_test_won');
    expect(noticeText('ad_test_won', bell?.params as NoticeParams, 'en').body).toMatch(/about 20 .*about 10\b/);
    expect(await actions(running)).toMatchObject([{ kind: 'pause_ad', action: { adKey: 'ad-2' } }]);
  });

  it('equal ads: nobody is called the winner and nothing is proposed', async () => {
    const running = await shop([45, 45, 45]);
    await ask(running, true);
    for (let day = '2026-11-16'; day <= '2026-12-16'; day = addDays(day, 2)) await judgeOn(running, day);
    const [bell] = await heard(running);
    expect(['ad_test_no_difference', 'ad_test_undecided']).toContain(bell?.key);
    expect(await actions(running)).toEqual([]);
  });

  it('ends without a conclusion where one of the ads was switched off', async () => {
    const running = await shop([45, 44, 46]);
    await ask(running, true);
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({
        where: { localKey: 'ad-2' },
        data: { status: 'PAUSED', effectiveStatus: 'PAUSED' },
      }),
    );
    await judgeOn(running, '2026-11-17');
    expect((await heard(running)).map(({ key }) => key)).toEqual(['ad_test_cancelled']);
    expect(await actions(running)).toEqual([]);
  });
});
