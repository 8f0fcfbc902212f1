import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { readForecast } from '@/lib/services/standing/forecast';
import { buildRunningCampaign, type Running, setBusinessTime } from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

/** A campaign since 1 October whose days were all stored; weekends bring half. */
async function ran(until: string, results: (day: string) => number | null = () => 4): Promise<Running> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-10-01T10:00:00Z') });
  const days = Array.from({ length: daysBetween('2026-10-01', until) }, (_, at) => addDays('2026-10-01', at));
  await inWorkspace(running.ctx.workspaceId, (tx) =>
    tx.performanceSnapshot.createMany({
      data: days.map((day) => ({
        workspaceId: running.ctx.workspaceId,
        campaignRecordId: running.campaignRecordId,
        day: new Date(day),
        currency: 'EUR',
        spendMinor: 1000n,
        impressions: 2000,
        clicks: 40 + (day.charCodeAt(9) % 5),
        results: results(day),
      })),
    }),
  );
  await setBusinessTime(running.ctx.workspaceId, `${until}T09:00:00Z`);
  return running;
}

const ask = ({ ctx, campaignRecordId }: Running) => readForecast(ctx, { campaignId: campaignRecordId });

describe('a look ahead', () => {
  it('is refused under 14 days whose results are all in, and says how many more it takes', async () => {
    // 2 October is the first whole day; of the 17 until 19 October the last six may still grow.
    expect(await ask(await ran('2026-10-19'))).toEqual({ refused: 'under_14_days', daysSoFar: 11, moreDays: 3 });
  });

  it('of a steady campaign holds the week’s truth in a narrow range and was checked against the past', async () => {
    const said = await ask(await ran('2026-11-18'));
    if (!said || 'refused' in said) throw new Error('refused');
    expect(said.spend.low).toBeLessThan(7000);
    expect(said.spend.high).toBeGreaterThan(7000);
    expect(said.spend.high / said.spend.low).toBeLessThan(1.5);
    expect(said.results?.low).toBeLessThan(28);
    expect(said.results?.high).toBeGreaterThan(28);
    expect(said.backtest.checked).toBeGreaterThan(5);
    expect(said.backtest.covered).toBeGreaterThan(0.7);
  });

  it('does not take late results for fewer: the newest days do not lower it', async () => {
    const late = await ask(await ran('2026-11-18', (day) => (day >= '2026-11-13' ? 0 : 4)));
    const whole = await ask(await ran('2026-11-18'));
    if (!late || !whole || 'refused' in late || 'refused' in whole) throw new Error('refused');
    expect(late.results).toEqual(whole.results);
  });

  it('leaves out days on which nothing could be counted', async () => {
    const running = await ran('2026-11-18', (day) => (day >= '2026-10-20' && day <= '2026-10-26' ? 0 : 4));
    const before = await ask(running);
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.alarm.create({
        data: {
          workspaceId: running.ctx.workspaceId,
          projectId: running.projectId,
          kind: 'tracking_lost',
          answer: 'freeze',
          sinceTick: daysBetween('1970-01-01', '2026-10-20') * 6,
          untilTick: daysBetween('1970-01-01', '2026-10-27') * 6 - 1,
          confidence: 1,
          releaseWhen: 'results',
          paused: [],
          openedAt: new Date('2026-10-20'),
          closedAt: new Date('2026-10-27'),
        },
      }),
    );
    const after = await ask(running);
    if (!before || !after || 'refused' in before || 'refused' in after) throw new Error('refused');
    expect(after.results?.likely).toBeGreaterThan((before.results?.likely ?? 0) + 0.5);
  });
});
