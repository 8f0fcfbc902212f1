import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InsightRow } from '@/lib/domain/insight';
import { addDays } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import type { AdPlatformReader } from '@/lib/platforms/port';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { heldDecisions } from '@/lib/services/monitor/engine-state';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import { learnPast } from '@/lib/services/past/learn-past';
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

const LAUNCH = '2026-11-15';
const FIRST_LOOK = '2026-11-18T09:00:00Z';

/** Three whole days: the second ad gets half the clicks of the others, and nobody has bought anything from any yet. */
async function threeDays(): Promise<{ running: Running; reader: ReturnType<typeof standInPlatform> }> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date(`${LAUNCH}T01:00:00Z`) });
  const reader = standInPlatform(running);
  for (let day = LAUNCH; day < '2026-11-18'; day = addDays(day, 1))
    for (const [at, ad] of running.remote.ads.entries())
      reader.rows.push(
        insightRow({ level: 'ad', entityId: ad, day, impressions: 12_000, clicks: at === 1 ? 60 : 120, results: 0 }),
      );
  return { running, reader };
}

/** The account's own time before: two months of a campaign that counted `goal`, one result in 40 clicks. */
async function learn({ running, reader }: Awaited<ReturnType<typeof threeDays>>, rows: Partial<InsightRow>) {
  const before: AdPlatformReader = {
    ...reader,
    insights: (_access, { since, until }) => {
      const days: InsightRow[] = [];
      for (let day = since; day <= until && day < LAUNCH; day = addDays(day, 1))
        days.push(insightRow({ entityId: 'old', day, clicks: 40, results: 1, ...rows }));
      return Promise.resolve({ rows: days, raw: [] });
    },
  };
  await learnPast(running.ctx, { projectId: running.projectId, reader: before });
}

async function firstDecision({ running, reader }: Awaited<ReturnType<typeof threeDays>>) {
  await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
  const held = await inWorkspace(running.ctx.workspaceId, (tx) => tx.engineState.findFirstOrThrow());
  expect(held.decidedFor?.toISOString().slice(0, 10)).toBe('2026-11-18');
  return heldDecisions.parse(held.decisions).map(({ action }) => action);
}

const campaign = (goal: 'LEADS' | 'SALES') => ({ campaign: { id: 'old', countsOneKind: true, goal } });

describe('the first decision for a campaign', () => {
  it('rests on clicks where nothing was ever counted, and waits for results where the account’s past says they come', async () => {
    const [without, withPast, otherGoal] = [await threeDays(), await threeDays(), await threeDays()];
    for (const { running } of [without, withPast, otherGoal])
      await setBusinessTime(running.ctx.workspaceId, FIRST_LOOK);
    await learn(withPast, campaign('LEADS'));
    await learn(otherGoal, campaign('SALES'));
    expect(await firstDecision(without)).toEqual([{ kind: 'pause_ad', adKey: 'ad-2' }]);
    expect(await firstDecision(withPast)).toEqual([]);
    // What sales cost says nothing of how often a visit becomes a request.
    expect(await firstDecision(otherGoal)).toEqual([{ kind: 'pause_ad', adKey: 'ad-2' }]);
  });

  it('keeps what the past’s results were worth, and nothing where one’s value is unknown', async () => {
    const [valued, unknown] = [await threeDays(), await threeDays()];
    for (const { running } of [valued, unknown]) await setBusinessTime(running.ctx.workspaceId, FIRST_LOOK);
    await learn(valued, { ...campaign('SALES'), valueMinor: 3000n });
    await learn(unknown, campaign('SALES'));
    const worths = async ({ running }: typeof valued) => {
      const row = await inWorkspace(running.ctx.workspaceId, (tx) => tx.accountPast.findFirstOrThrow());
      return new Set((row.days as { valueMinor: string | null }[]).map(({ valueMinor }) => valueMinor));
    };
    expect(await worths(valued)).toEqual(new Set(['3000']));
    expect(await worths(unknown)).toEqual(new Set([null]));
  });
});
