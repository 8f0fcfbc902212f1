import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportView } from '@/lib/domain/message';
import { addDays } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { runReactionsAfter } from '@/lib/reactions/run';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { listMessages } from '@/lib/services/messages/list';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import { listNotifications } from '@/lib/services/notifications/list';
import { createWeeklyReport } from '@/lib/services/reports/create-weekly';
import { dueReports, enqueueDueReports, runDueReports } from '@/lib/services/schedules/weekly-report';
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

const MONDAY = '2026-11-16';

/** A campaign live since a day, its numbers pulled up to an instant. */
async function ran(
  since: string,
  until: string,
  instant: string,
  each: Partial<ReturnType<typeof insightRow>> = {},
): Promise<{ running: Running; reader: StandIn }> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date(`${since}T10:00:00Z`) });
  const reader = standInPlatform(running);
  for (let day = since; day <= until; day = addDays(day, 1))
    reader.rows.push(insightRow({ entityId: running.remote.campaign, day, ...each }));
  await setBusinessTime(running.ctx.workspaceId, instant);
  await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
  return { running, reader };
}

const viewsOf = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, async (tx) =>
    (await tx.report.findMany({ orderBy: { week: 'asc' } })).map((row) => row.view as ReportView),
  );
const create = (running: Running, reader: StandIn, monday = MONDAY) =>
  createWeeklyReport(running.ctx, { campaignRecordId: running.campaignRecordId, monday, reader });

describe('a weekly report', () => {
  it('is written once, however many ask at the same moment and afterwards', async () => {
    const { running, reader } = await ran('2026-11-09', '2026-11-22', '2026-11-23T08:30:00Z');
    const answers = await Promise.all([1, 2, 3].map(() => create(running, reader)));
    expect(answers.filter((answer) => answer?.created)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer?.reportId)).size).toBe(1);
    expect(await create(running, reader)).toMatchObject({ created: false });
    expect(await viewsOf(running)).toHaveLength(1);
  });

  it('sums what adds up and asks for people reached as exactly this week', async () => {
    const { running, reader } = await ran('2026-11-09', '2026-11-22', '2026-11-23T08:30:00Z', {
      spendMinor: 1001n,
      clicks: 21,
      results: 3,
    });
    reader.asked = [];
    reader.reach = 4321;
    await create(running, reader);
    const [view] = await viewsOf(running);
    expect(view?.totals).toEqual({
      spend: { minor: '7007', currency: 'EUR' },
      reach: 4321,
      impressions: 14_000,
      clicks: 147,
      results: 21,
      costPerResult: { minor: '333', currency: 'EUR' },
      roas: null,
    });
    expect(view).toMatchObject({
      since: MONDAY,
      until: '2026-11-22',
      partialWeek: false,
      sinceLaunch: { spend: { minor: '14014' }, results: 42 },
    });
    expect(reader.asked).toContain('reach:2026-11-16:2026-11-22');
    expect(view?.summary).toMatch(/€70\.07 and reached about 4,321 people/);
  });

  it('says that a first week is short and compares it with nothing', async () => {
    const { running, reader } = await ran('2026-11-19', '2026-11-22', '2026-11-23T08:30:00Z');
    await create(running, reader);
    const [view] = await viewsOf(running);
    expect(view).toMatchObject({ partialWeek: true, previous: null });
    expect(view?.summary).toContain('In the 4 days it ran');
    expect(view?.summary).toContain('short week');
  });

  it('prorates what the plan had promised and keeps what was not measured unknown', async () => {
    const { running, reader } = await ran('2026-11-19', '2026-11-22', '2026-11-23T08:30:00Z', { results: null });
    reader.reach = null;
    await create(running, reader);
    const [view] = await viewsOf(running);
    const month = running.plan.projection.results;
    expect(view?.totals).toMatchObject({ results: null, reach: null, costPerResult: null });
    expect(view?.expected?.high).toBeLessThan(month?.high ?? 0);
    expect(view?.summary).not.toMatch(/\bno (enquiry|sale|result)/);
  });

  it('pulls first where nothing was pulled since the week ended', async () => {
    const { running, reader } = await ran('2026-11-09', '2026-11-22', '2026-11-22T13:00:00Z');
    await setBusinessTime(running.ctx.workspaceId, '2026-11-23T08:30:00Z');
    reader.rows.forEach((row) => {
      row.spendMinor = 2000n;
    });
    await create(running, reader);
    expect((await viewsOf(running))[0]?.totals.spend.minor).toBe('14000');
  });

  it('is not made for a week in which nothing ran, nor for another workspace’s campaign', async () => {
    const { running, reader } = await ran('2026-11-19', '2026-11-22', '2026-11-23T08:30:00Z');
    const stranger = await buildRunningCampaign();
    expect(await create(running, reader, '2026-11-09')).toBeNull();
    expect(
      await createWeeklyReport(stranger.ctx, { campaignRecordId: running.campaignRecordId, monday: MONDAY, reader }),
    ).toBeNull();
  });

  it('comes into the chat, the artifacts and the bell once', async () => {
    const { running, reader } = await ran('2026-11-09', '2026-11-22', '2026-11-23T08:30:00Z');
    await create(running, reader);
    await runReactionsAfter(running.ctx, 0);
    await runReactionsAfter(running.ctx, 0);
    const reports = (await listMessages(running.ctx, { conversationId: running.conversationId })).filter(
      ({ kind }) => kind === 'REPORT',
    );
    expect(reports).toHaveLength(1);
    expect(reports[0]?.card).toMatchObject({ kind: 'REPORT', since: MONDAY });
    const { notifications } = await listNotifications(running.ctx, { userId: running.userId });
    expect(notifications.filter(({ type }) => type === 'REPORT')).toMatchObject([
      { type: 'REPORT', href: expect.stringContaining(`#message-${reports[0]?.id}`) },
    ]);
    expect((await listArtifacts(running.ctx, { projectId: running.projectId })).map(({ type }) => type)).toEqual([
      'REPORT',
    ]);
  });
});

describe('its schedule', () => {
  const jobs = ({ ctx }: Running) =>
    inWorkspace(ctx.workspaceId, async (tx) => {
      const rows = await tx.$queryRaw<
        { count: bigint }[]
      >`SELECT count(*) FROM jobs.job WHERE data->>'kind' = 'weekly-report' AND data->>'workspaceId' = ${ctx.workspaceId}`;
      return Number(rows[0]?.count);
    });

  it('is due on the owner’s Monday at 08:00 and not a minute earlier', async () => {
    const { running } = await ran('2026-11-17', '2026-11-22', '2026-11-18T09:00:00Z');
    await setBusinessTime(running.ctx.workspaceId, '2026-11-23T07:59:00Z');
    expect(await dueReports(running.ctx)).toEqual([]);
    await setBusinessTime(running.ctx.workspaceId, '2026-11-23T08:00:30Z');
    expect(await dueReports(running.ctx)).toEqual([running.projectId]);
    await Promise.all([enqueueDueReports(), enqueueDueReports(), enqueueDueReports()]);
    expect(await jobs(running)).toBe(1);
  });

  it('writes every week that was missed once and then waits for the next', async () => {
    const { running, reader } = await ran('2026-11-11', '2026-11-29', '2026-11-12T09:00:00Z');
    await setBusinessTime(running.ctx.workspaceId, '2026-12-01T09:00:00Z');
    // One of two at once may have to come again: it never passes over a week the other is still pulling.
    await Promise.allSettled([1, 2].map(() => runDueReports(running.ctx, { projectId: running.projectId, reader })));
    await runDueReports(running.ctx, { projectId: running.projectId, reader });
    expect((await viewsOf(running)).map(({ since }) => since)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
    expect(await dueReports(running.ctx)).toEqual([]);
  });
});
