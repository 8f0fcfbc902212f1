import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import { runMonitorTick } from '@/lib/services/monitor/tick';
import { type NoticeParams, noticeText } from '@/lib/words/en/notices';
import {
  buildRunningCampaign,
  insightRow,
  type Running,
  setBusinessTime,
  standInPlatform,
} from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const jobs = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM jobs.job WHERE data->>'kind' = 'monitor-account' AND data->>'workspaceId' = ${ctx.workspaceId}`;
    return Number(rows[0]?.count);
  });
const events = ({ ctx }: Running, type: string) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.event.findMany({ where: { type }, orderBy: { seq: 'asc' } }));
const statusOf = ({ ctx, campaignRecordId }: Running) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.campaignRecord.findUniqueOrThrow({ where: { id: campaignRecordId } }));

describe('the tick', () => {
  it('enqueues one pull per account and slot under three parallel ticks and a fourth later', async () => {
    const running = await buildRunningCampaign();
    await Promise.all([runMonitorTick(), runMonitorTick(), runMonitorTick()]);
    await runMonitorTick();
    expect(await jobs(running)).toBe(1);
  });

  it('enqueues again in the next slot of the workspace’s own time', async () => {
    const running = await buildRunningCampaign();
    await setBusinessTime(running.ctx.workspaceId, '2026-12-01T05:10:00Z');
    await runMonitorTick();
    await setBusinessTime(running.ctx.workspaceId, '2026-12-01T07:50:00Z');
    await runMonitorTick();
    expect(await jobs(running)).toBe(1);
    await setBusinessTime(running.ctx.workspaceId, '2026-12-01T08:01:00Z');
    await runMonitorTick();
    expect(await jobs(running)).toBe(2);
  });

  it('looks at an account where nothing runs in one slot of six', async () => {
    const running = await buildRunningCampaign({ status: 'PAUSED' });
    for (let hour = 0; hour < 24; hour += 4) {
      await setBusinessTime(running.ctx.workspaceId, `2026-12-01T${String(hour).padStart(2, '0')}:30:00Z`);
      await runMonitorTick();
    }
    expect(await jobs(running)).toBe(1);
  });

  it('leaves accounts alone whose campaigns do not exist at the platform or whose connection is broken', async () => {
    const draft = await buildRunningCampaign({ status: 'PENDING_APPROVAL' });
    const broken = await buildRunningCampaign();
    await inWorkspace(broken.ctx.workspaceId, (tx) => tx.facebookConnection.updateMany({ data: { status: 'BROKEN' } }));
    await runMonitorTick();
    expect([await jobs(draft), await jobs(broken)]).toEqual([0, 0]);
  });
});

describe('a slot', () => {
  it('is pulled once, however many ask at the same moment and afterwards', async () => {
    const running = await buildRunningCampaign();
    const reader = standInPlatform(running);
    const ask = () => monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
    const states = (await Promise.all([ask(), ask(), ask()])).map(({ state }) => state);
    expect(states.filter((state) => state === 'pulled')).toHaveLength(1);
    expect(await ask()).toEqual({ state: 'already' });
    expect(reader.asked.filter((one) => one === 'tree')).toHaveLength(1);
  });

  it('asks once for the whole account, at the level of ads, and further back on a new day and a new week', async () => {
    const running = await buildRunningCampaign();
    const reader = standInPlatform(running);
    const askedAt = async (instant: string) => {
      reader.asked = [];
      await setBusinessTime(running.ctx.workspaceId, instant);
      await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
      return reader.asked.filter((one) => one.startsWith('insights'));
    };
    expect(await askedAt('2026-11-18T09:00:00Z')).toEqual(['insights:ad:2026-10-22:2026-11-18']);
    expect(await askedAt('2026-11-18T13:00:00Z')).toEqual(['insights:ad:2026-11-16:2026-11-18']);
    expect(await askedAt('2026-11-19T01:00:00Z')).toEqual(['insights:ad:2026-11-12:2026-11-19']);
    expect(await askedAt('2026-11-23T09:00:00Z')).toEqual(['insights:ad:2026-10-27:2026-11-23']);
  });

  it('can be tried again after a failure, and a refused token is said once and not tried again', async () => {
    const running = await buildRunningCampaign();
    const reader = standInPlatform(running);
    const failing = { ...reader, readAccountTree: () => Promise.reject(new Error('no answer')) };
    await expect(monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader: failing })).rejects.toThrow(
      'no answer',
    );
    expect(await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader })).toEqual({
      state: 'pulled',
    });
    await setBusinessTime(running.ctx.workspaceId, '2027-01-10T09:00:00Z');
    reader.refuses = true;
    expect(await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader })).toEqual({
      state: 'broken',
    });
    expect(await events(running, 'connection.broken')).toHaveLength(1);
  });

  it('leaves nothing half stored when a page fails', async () => {
    const running = await buildRunningCampaign();
    const reader = standInPlatform(running);
    reader.rows = [insightRow({ entityId: running.remote.campaign, day: '2026-11-17' })];
    await setBusinessTime(running.ctx.workspaceId, '2026-11-18T09:00:00Z');
    const failing = {
      ...reader,
      insights: (...[access, query]: Parameters<typeof reader.insights>) =>
        query.level === 'ad' ? Promise.reject(new Error('page lost')) : reader.insights(access, query),
    };
    await expect(monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader: failing })).rejects.toThrow(
      'page lost',
    );
    expect(await inWorkspace(running.ctx.workspaceId, (tx) => tx.insightFact.count())).toBe(0);
  });
});

describe('reading back', () => {
  it('calls a campaign live only when the platform shows one of its ads, and says so once', async () => {
    const running = await buildRunningCampaign();
    const reader = standInPlatform(running);
    const pullAt = async (instant: string) => {
      await setBusinessTime(running.ctx.workspaceId, instant);
      await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
    };
    for (const ad of running.remote.ads) reader.effective[ad] = 'PENDING_REVIEW';
    await pullAt('2026-11-18T09:00:00Z');
    expect(await statusOf(running)).toMatchObject({ status: 'IN_REVIEW', launchedAt: null });
    reader.effective = {};
    await pullAt('2026-11-18T13:00:00Z');
    await pullAt('2026-11-18T17:00:00Z');
    const campaign = await statusOf(running);
    expect(campaign.status).toBe('ACTIVE');
    expect(campaign.launchedAt?.toISOString().slice(0, 13)).toBe('2026-11-18T13');
    expect((await events(running, 'campaign.status_changed')).map(({ payload }) => payload)).toMatchObject([
      { from: 'IN_REVIEW', to: 'ACTIVE', seenAt: 'platform' },
    ]);
  });

  it('tells one refused ad while the others run, and a refused campaign when all are', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const reader = standInPlatform(running);
    const [first = '', ...others] = running.remote.ads;
    reader.effective[first] = 'DISAPPROVED';
    await setBusinessTime(running.ctx.workspaceId, '2026-11-18T09:00:00Z');
    await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
    expect(await events(running, 'ad.refused')).toHaveLength(1);
    for (const ad of others) reader.effective[ad] = 'DISAPPROVED';
    await setBusinessTime(running.ctx.workspaceId, '2026-11-18T13:00:00Z');
    await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
    expect(await events(running, 'ad.refused')).toHaveLength(1);
    expect((await events(running, 'campaign.status_changed'))[0]?.payload).toMatchObject({
      to: 'DISAPPROVED',
      reason: 'Before and after pictures are not allowed.',
    });
  });

  it('tells a problem at the platform once, in plain words with the platform’s reason, and never as a refusal', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const reader = standInPlatform(running);
    const look = async (at: string) => {
      await setBusinessTime(running.ctx.workspaceId, at);
      await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
    };
    const [first = '', ...others] = running.remote.ads;
    reader.effective[first] = 'WITH_ISSUES';
    reader.effective[running.remote.adset] = 'WITH_ISSUES';
    await look('2026-11-18T09:00:00Z');
    await look('2026-11-18T13:00:00Z');
    const [event, ...more] = await events(running, 'ad.hindered');
    expect(more).toEqual([]);
    expect(event?.payload).toMatchObject({ ad: `ad ${first}`, reason: 'The form of this ad was archived.' });
    expect(await events(running, 'ad.refused')).toEqual([]);
    expect((await statusOf(running)).status).toBe('ACTIVE');
    const { title, body } = noticeText(
      'ads_hindered',
      { campaign: 'Cakes', ...(event?.payload as NoticeParams) },
      'en',
    );
    expect(title).toBe('Facebook reports a problem');
    expect(body).toContain('The form of this ad was archived.');
    expect(body).not.toMatch(/WITH_ISSUES|refused|ad set/i);

    for (const ad of others) reader.effective[ad] = 'WITH_ISSUES';
    await look('2026-11-18T17:00:00Z');
    expect(await events(running, 'ad.hindered')).toHaveLength(1);
    expect((await events(running, 'campaign.status_changed'))[0]?.payload).toMatchObject({
      to: 'DISAPPROVED',
      reason: 'The form of this ad was archived.',
    });
  });

  it('does not overwrite what the gate wrote after the platform was asked', async () => {
    const running = await buildRunningCampaign({ status: 'PAUSED' });
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({
        where: { level: 'campaign' },
        data: { status: 'PAUSED', effectiveStatus: 'PAUSED', seenAt: new Date(Date.now() + 60_000) },
      }),
    );
    await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader: standInPlatform(running) });
    expect((await statusOf(running)).status).toBe('PAUSED');
  });
});

describe('delivery that stopped', () => {
  it('is told once per outage, not before two whole days, and again only after it had come back', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-11-10T10:00:00Z') });
    const reader = standInPlatform(running);
    const shown = (day: string) => reader.rows.push(insightRow({ entityId: running.remote.campaign, day }));
    const toldOn = async (day: string) => {
      await setBusinessTime(running.ctx.workspaceId, `${day}T09:00:00Z`);
      await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
      return inWorkspace(running.ctx.workspaceId, (tx) =>
        tx.notification.count({ where: { key: 'delivery_stopped' } }),
      );
    };
    shown('2026-11-10');
    expect(await toldOn('2026-11-12')).toBe(0);
    expect(await toldOn('2026-11-13')).toBe(1);
    expect(await toldOn('2026-11-14')).toBe(1);
    shown('2026-11-14');
    expect(await toldOn('2026-11-15')).toBe(1);
    expect(await toldOn('2026-11-17')).toBe(2);
  });

  it('is not told of a campaign that has just come back from a pause', async () => {
    const running = await buildRunningCampaign({ status: 'PAUSED', launchedAt: new Date('2026-11-01T10:00:00Z') });
    await setBusinessTime(running.ctx.workspaceId, '2026-11-13T09:00:00Z');
    await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader: standInPlatform(running) });
    expect(await statusOf(running)).toMatchObject({ status: 'ACTIVE' });
    expect(
      await inWorkspace(running.ctx.workspaceId, (tx) => tx.notification.count({ where: { key: 'delivery_stopped' } })),
    ).toBe(0);
  });
});
