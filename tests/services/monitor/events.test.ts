import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import type { NoticeParams } from '@/lib/words/en/notices';
import { noticeText } from '@/lib/words/en/notices';
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

type Day = Parameters<typeof insightRow>[0];

/** A campaign running since a day, with what each day brought; pulled at 09:00 of `today` and once more at 13:00. */
async function ran(
  input: { since: string; today: string; day: (day: string, at: number) => Partial<Day> },
  prepare: (running: Running, reader: StandIn) => Promise<void> | void = () => undefined,
): Promise<{ running: Running; reader: StandIn }> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date(`${input.since}T10:00:00Z`) });
  const reader = standInPlatform(running);
  await inWorkspace(running.ctx.workspaceId, (tx) =>
    tx.remoteObject.updateMany({
      where: { level: 'adset' },
      data: { state: { dailyBudget: { minor: '1000', currency: 'EUR' } } },
    }),
  );
  reader.budget = { minor: 1000n, currency: 'EUR' };
  await prepare(running, reader);
  for (let day = input.since, at = 0; day < input.today; day = addDays(day, 1), at += 1)
    reader.rows.push(insightRow({ entityId: running.remote.campaign, day, valueMinor: 900n, ...input.day(day, at) }));
  await pull(running, reader, `${input.today}T09:00:00Z`);
  await pull(running, reader, `${input.today}T13:00:00Z`);
  return { running, reader };
}

async function pull(running: Running, reader: StandIn, instant: string): Promise<void> {
  await setBusinessTime(running.ctx.workspaceId, instant);
  await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
}

/** Bells and messages of a key: [bells, messages, the sentence]. */
async function heard(running: Running, key: string): Promise<[number, number, string]> {
  return inWorkspace(running.ctx.workspaceId, async (tx) => {
    const bells = await tx.notification.findMany({ where: { key } });
    const messages = await tx.message.count({ where: { kind: 'NOTICE', metadata: { path: ['key'], equals: key } } });
    const params = (bells[0]?.params ?? {}) as NoticeParams;
    return [bells.length, messages, bells[0] ? noticeText(key, params, 'en').body : ''];
  });
}

/** The campaign sells, and the owner has said what is kept of a sale (or not). */
const sellingWithMargin =
  (margin: number | null) =>
  async ({ ctx, projectId, plan, campaignRecordId }: Running): Promise<void> => {
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.campaignRecord.update({
        where: { id: campaignRecordId },
        data: { structure: { ...plan, goal: 'SALES' } },
      });
      await tx.projectBrief.create({
        data: {
          workspaceId: ctx.workspaceId,
          projectId,
          version: 1,
          currency: 'EUR',
          marginPercent: margin,
          sources: {},
        },
      });
    });
  };

/** Days that spent their 10 evenly over the hours, as the looks of those days found them. */
async function evenDays({ ctx, remote, accountExternalId }: Running, since: string, until: string): Promise<void> {
  const days = Array.from({ length: daysBetween(since, until) }, (_, at) => addDays(since, at));
  const rows = days.flatMap((day) =>
    [1, 2, 3, 4, 5, 6].map((slot) => ({
      workspaceId: ctx.workspaceId,
      platform: 'meta',
      entityId: remote.campaign,
      day: new Date(day),
      at: new Date(new Date(`${day}T00:00:00Z`).getTime() + slot * 4 * 3_600_000 - 60_000),
      level: 'campaign',
      accountId: accountExternalId,
      spendMinor: BigInt(Math.round((1000 * slot) / 6)),
      impressions: 300 * slot,
      clicks: 6 * slot,
    })),
  );
  await inWorkspace(ctx.workspaceId, (tx) => tx.insightMoment.createMany({ data: rows }));
}

const steady = () => ({ impressions: 2000, clicks: 40, results: 2 });

describe('significant events', () => {
  it('a week of running is told once, with what it brought', async () => {
    const { running, reader } = await ran({ since: '2026-11-08', today: '2026-11-16', day: steady });
    await pull(running, reader, '2026-11-17T09:00:00Z');
    const [bells, messages, sentence] = await heard(running, 'event_seven_days');
    expect([bells, messages]).toEqual([1, 1]);
    expect(sentence).toContain('€70 ');
    expect(sentence).toContain('280 clicks');
  });

  it('fewer clicks than the campaign’s own weeks before are told once a week', async () => {
    const { running } = await ran({
      since: '2026-10-20',
      today: '2026-11-18',
      day: (_day, at) => ({ impressions: 3000, clicks: at < 22 ? 60 : 20 }),
    });
    expect((await heard(running, 'event_click_rate_below_own')).slice(0, 2)).toEqual([1, 1]);
    expect((await heard(running, 'event_click_rate_below_own'))[2]).toMatch(/about 6\.7 brought a click.*about 20\b/);
  });

  it('a month’s money that runs low is told once', async () => {
    const { running } = await ran(
      { since: '2026-11-02', today: '2026-11-12', day: steady },
      async ({ ctx, projectId, plan }) => {
        const envelope = { ...plan.envelope, monthlyCeiling: { minor: '12000', currency: 'EUR' } };
        await inWorkspace(ctx.workspaceId, (tx) =>
          tx.policyVersion.create({ data: { workspaceId: ctx.workspaceId, projectId, version: 1, envelope } }),
        );
      },
    );
    const [bells, messages, sentence] = await heard(running, 'event_budget_low');
    expect([bells, messages]).toEqual([1, 1]);
    expect(sentence).toContain('€20 ');
  });

  it('a steady campaign is told nothing but its first week', async () => {
    const { running } = await ran({ since: '2026-10-20', today: '2026-11-18', day: steady });
    const keys = await inWorkspace(running.ctx.workspaceId, async (tx) =>
      (await tx.notification.findMany({ select: { key: true } })).map(({ key }) => key),
    );
    expect(keys.filter((key) => key !== 'event_seven_days')).toEqual([]);
  });

  it('sales that do not earn back their cost are told once, however often it is looked', async () => {
    const { running, reader } = await ran(
      {
        since: '2026-10-10',
        today: '2026-11-18',
        // 10 spent a day bring 9 in sales; with 40 % kept it would take 25.
        day: () => ({ impressions: 2000, clicks: 40, results: 2, valueMinor: 900n }),
      },
      sellingWithMargin(40),
    );
    await pull(running, reader, '2026-11-19T09:00:00Z');
    await pull(running, reader, '2026-11-20T09:00:00Z');
    const [bells, messages, sentence] = await heard(running, 'event_return_below_break_even');
    expect([bells, messages]).toEqual([1, 1]);
    expect(sentence).toContain('sales of €189');
    expect(sentence).toContain('take €525');
  });

  it('of sales that earn their cost back, or where nobody said what is kept, nothing is told', async () => {
    const day = () => ({ impressions: 2000, clicks: 40, results: 2, valueMinor: 9000n });
    const earning = await ran({ since: '2026-10-10', today: '2026-11-18', day }, sellingWithMargin(40));
    expect((await heard(earning.running, 'event_return_below_break_even')).slice(0, 2)).toEqual([0, 0]);
    const unknown = await ran(
      { since: '2026-10-10', today: '2026-11-18', day: () => ({ ...day(), valueMinor: 100n }) },
      sellingWithMargin(null),
    );
    expect((await heard(unknown.running, 'event_return_below_break_even')).slice(0, 2)).toEqual([0, 0]);
  });

  it('most of the day’s money gone by midday, against the account’s own hours, is told once that day', async () => {
    const { running, reader } = await ran({ since: '2026-11-02', today: '2026-11-17', day: steady }, (shop) =>
      evenDays(shop, '2026-11-03', '2026-11-17'),
    );
    const today = (spendMinor: bigint) =>
      insightRow({
        entityId: running.remote.campaign,
        day: '2026-11-18',
        impressions: Math.round(Number(spendMinor) * 1.8),
        clicks: Math.round(Number(spendMinor) * 0.036),
        spendMinor,
      });
    // Half of the day, half of the money: nothing to tell.
    reader.rows.push(today(330n));
    await pull(running, reader, '2026-11-18T09:00:00Z');
    expect((await heard(running, 'event_spending_fast')).slice(0, 2)).toEqual([0, 0]);
    reader.rows.splice(-1, 1, today(850n));
    await pull(running, reader, '2026-11-18T13:00:00Z');
    reader.rows.splice(-1, 1, today(990n));
    await pull(running, reader, '2026-11-18T17:00:00Z');
    const [bells, messages, sentence] = await heard(running, 'event_spending_fast');
    expect([bells, messages]).toEqual([1, 1]);
    expect(sentence).toContain('€8.50 of today’s €10');
  });

  it('an ad far ahead of the others is told once, by its name', async () => {
    const { running, reader } = await ran(
      { since: '2026-11-02', today: '2026-11-16', day: () => ({}) },
      (shop, stand) => {
        for (let day = '2026-11-02'; day < '2026-11-16'; day = addDays(day, 1))
          for (const [at, ad] of shop.remote.ads.entries())
            stand.rows.push(
              insightRow({
                level: 'ad',
                entityId: ad,
                parentId: shop.remote.adset,
                day,
                impressions: 2000,
                spendMinor: 333n,
                clicks: at === 0 ? 60 : 15,
                results: at === 0 ? 6 : 1,
              }),
            );
      },
    );
    await pull(running, reader, '2026-11-17T09:00:00Z');
    const [bells, messages, sentence] = await heard(running, 'event_ad_far_ahead');
    expect([bells, messages]).toEqual([1, 1]);
    expect(sentence).toContain(running.plan.adSets[0]?.ads[0]?.headline ?? 'no headline');
  });

  it('a restatement of past days, up or down, brings neither a message nor an action', async () => {
    const { running, reader } = await ran({ since: '2026-10-20', today: '2026-11-18', day: steady });
    const counts = () =>
      inWorkspace(running.ctx.workspaceId, async (tx) => ({
        bells: await tx.notification.count(),
        messages: await tx.message.count(),
        actions: await tx.campaignActionRecord.count(),
      }));
    const before = await counts();
    reader.rows = reader.rows.map((row, at) => ({
      ...row,
      results: (row.results ?? 0) + (at % 3),
      clicks: row.clicks - (at % 2),
    }));
    await pull(running, reader, '2026-11-18T17:00:00Z');
    expect(await counts()).toEqual(before);
  });
});
