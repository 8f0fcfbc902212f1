import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { decideForAccount } from '@/lib/services/monitor/decide';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import {
  buildRunningCampaign,
  insightRow,
  type Running,
  type StandIn,
  setBusinessTime,
  standInPlatform,
} from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

/** Ten days in which the second ad is clearly the worst; the owner wants to be asked about everything. */
async function withBadAd(): Promise<{ running: Running; reader: StandIn }> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-11-08T10:00:00Z') });
  const reader = standInPlatform(running);
  for (let day = '2026-11-08'; day <= '2026-11-17'; day = addDays(day, 1)) {
    reader.rows.push(insightRow({ entityId: running.remote.campaign, day, impressions: 6000, clicks: 85, results: 8 }));
    for (const [at, ad] of running.remote.ads.entries()) {
      const bad = at === 1;
      reader.rows.push(
        insightRow({
          level: 'ad',
          entityId: ad,
          parentId: running.remote.adset,
          day,
          impressions: 2000,
          spendMinor: 400n,
          clicks: bad ? 4 : 40,
          results: bad ? 0 : 4,
        }),
      );
    }
  }
  await inWorkspace(running.ctx.workspaceId, (tx) =>
    tx.policyVersion.create({
      data: {
        workspaceId: running.ctx.workspaceId,
        projectId: running.projectId,
        version: 1,
        envelope: { ...running.plan.envelope, mayPauseBadAds: false },
      },
    }),
  );
  return { running, reader };
}

const pullAt = async ({ running, reader }: { running: Running; reader: StandIn }, instant: string) => {
  await setBusinessTime(running.ctx.workspaceId, instant);
  await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
};
const decide = ({ ctx, adAccountId }: Running) => decideForAccount(ctx, { adAccountId });
const actionsOf = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.campaignActionRecord.findMany({ orderBy: { occurredAt: 'asc' } }));

describe('deciding', () => {
  it('asks the owner about a clearly bad ad, with the numbers of that moment, once a day however often it is run', async () => {
    const shop = await withBadAd();
    await pullAt(shop, '2026-11-18T09:00:00Z');
    const decided = await Promise.all([decide(shop.running), decide(shop.running), decide(shop.running)]);
    expect(decided.some(({ decided: count }) => count === 1)).toBe(true);
    await pullAt(shop, '2026-11-18T13:00:00Z');
    await decide(shop.running);
    const actions = await actionsOf(shop.running);
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatchObject({
      kind: 'pause_ad',
      state: 'WAITING',
      action: { adKey: 'ad-2' },
      evidence: { until: '2026-11-17' },
    });
    expect(
      await inWorkspace(shop.running.ctx.workspaceId, (tx) => tx.approval.count({ where: { state: 'WAITING' } })),
    ).toBe(1);
  });

  it('does not repeat advice that still waits on the next day', async () => {
    const shop = await withBadAd();
    await pullAt(shop, '2026-11-18T09:00:00Z');
    await decide(shop.running);
    await pullAt(shop, '2026-11-19T09:00:00Z');
    expect(await decide(shop.running)).toEqual({ decided: 1 });
    expect(await actionsOf(shop.running)).toHaveLength(1);
  });

  it('leaves the day open until something was pulled on it', async () => {
    const shop = await withBadAd();
    await pullAt(shop, '2026-11-17T21:00:00Z');
    await setBusinessTime(shop.running.ctx.workspaceId, '2026-11-18T02:00:00Z');
    expect(await decide(shop.running)).toEqual({ decided: 0 });
    await pullAt(shop, '2026-11-18T05:00:00Z');
    expect(await decide(shop.running)).toEqual({ decided: 1 });
  });

  it('rests on whole days only: what today brings so far changes nothing', async () => {
    const shop = await withBadAd();
    for (const ad of shop.running.remote.ads)
      shop.reader.rows.push(
        insightRow({ level: 'ad', entityId: ad, day: '2026-11-18', impressions: 90_000, clicks: 9000, results: 900 }),
      );
    await pullAt(shop, '2026-11-18T09:00:00Z');
    await decide(shop.running);
    const [action] = await actionsOf(shop.running);
    const facts = (action?.evidence as { facts: { key: string; value: unknown }[] } | undefined)?.facts ?? [];
    expect(facts.find(({ key }) => key === 'ad_clicks')?.value).toBe(40);
  });

  it('keeps that it looked and left things alone', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-11-17T10:00:00Z') });
    const reader = standInPlatform(running);
    reader.rows.push(insightRow({ entityId: running.remote.campaign, day: '2026-11-17' }));
    await pullAt({ running, reader }, '2026-11-18T09:00:00Z');
    await decide(running);
    const runs = await inWorkspace(running.ctx.workspaceId, (tx) => tx.decisionRun.findMany());
    expect(runs).toMatchObject([{ state: 'DONE', outcome: { suggested: [] } }]);
    expect(await actionsOf(running)).toHaveLength(0);
  });

  it('decides nothing about a campaign that is not running', async () => {
    const shop = await withBadAd();
    shop.reader.effective[shop.running.remote.campaign] = 'PAUSED';
    await pullAt(shop, '2026-11-18T09:00:00Z');
    expect(await decide(shop.running)).toEqual({ decided: 0 });
  });
});
