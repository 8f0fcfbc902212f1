import { describe, expect, it } from 'vitest';
import { addDays, dayIn } from '@/lib/domain/time';
import { inWorkspace } from '@/lib/runtime/db';
import { clockState } from '@/lib/services/clock/state';
import { listMessages } from '@/lib/services/messages/list';
import { listNotifications } from '@/lib/services/notifications/list';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';
import { launchedShop, pass } from '../../fixtures/time-machine';
import { withSimulator } from '../../fixtures/with-simulator';

const simulator = withSimulator();

const count = (launch: SimulatedLaunch, model: 'monitorRun' | 'report' | 'decisionRun') =>
  inWorkspace(launch.ctx.workspaceId, (tx) => (tx[model] as { count(): Promise<number> }).count());

type Truth = { accounts: { ads: { impressions: number; linkClicks: number; spendMinor: number }[] }[] };

describe('two weeks of a pretend shop', () => {
  it('go live, bring true numbers in every slot, are decided on once a day and reported on Monday, within seconds', {
    timeout: 240_000,
  }, async () => {
    const launch = await launchedShop();
    const before = await clockState(launch.ctx);
    const seconds = [await pass(launch, '1w'), await pass(launch, '1w')];
    const after = await clockState(launch.ctx);
    expect(after).toMatchObject({ running: false, offsetMs: 14 * 86_400_000 });
    expect(Math.max(...seconds)).toBeLessThan(20);

    // 84 steps and the slot it began in; real time may have crossed into a next slot on the way.
    expect(await count(launch, 'monitorRun')).toBeGreaterThanOrEqual(84);
    expect(await count(launch, 'decisionRun')).toBeGreaterThanOrEqual(12);
    const zone = launch.world.adAccounts[0]?.timezone ?? 'UTC';
    const days = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.performanceSnapshot.findMany({ orderBy: { day: 'asc' } }),
    );
    const first = dayIn(zone, new Date(before.now));
    expect([first, addDays(first, 1)]).toContain(days[0]?.day.toISOString().slice(0, 10));
    // A day that began a moment ago may have delivered nothing yet.
    const now = new Date(after.now);
    const today = [dayIn(zone, now), dayIn(zone, new Date(now.getTime() - 3_600_000))];
    expect(today).toContain(days.at(-1)?.day.toISOString().slice(0, 10));

    const messages = await listMessages(launch.ctx, { conversationId: launch.conversationId });
    const told = messages.flatMap(({ kind, card }) => (card?.kind === 'NOTICE' ? [card.key] : [kind]));
    expect(told.filter((key) => key === 'campaign_live')).toHaveLength(1);
    expect(told.filter((key) => key === 'REPORT')).toHaveLength(2);
    expect(told.indexOf('campaign_in_review')).toBeLessThan(told.indexOf('campaign_live'));
    const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' });
    for (const { at } of messages.filter(({ kind }) => kind === 'REPORT'))
      expect(weekday.format(new Date(at))).toBe('Mon');
    const { notifications } = await listNotifications(launch.ctx, { userId: launch.userId });
    expect(notifications.filter(({ type }) => type === 'REPORT')).toHaveLength(2);
    await expectTrueTotals(launch);
  });
});

/** The levels agree with one another and with what the simulator really delivered, but for an hour that began meanwhile. */
async function expectTrueTotals(launch: SimulatedLaunch): Promise<void> {
  const rows = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.insightFact.groupBy({ by: ['level'], _sum: { spendMinor: true, impressions: true, clicks: true } }),
  );
  const byLevel = Object.fromEntries(rows.map(({ level, _sum }) => [level, _sum]));
  expect(byLevel.ad).toEqual(byLevel.campaign);
  expect(byLevel.adset).toEqual(byLevel.campaign);
  const truth = (await simulator.admin('GET', `worlds/${launch.world.worldId}/truth`)) as Truth;
  const ads = truth.accounts.flatMap((account) => account.ads);
  const total = (of: 'impressions' | 'linkClicks' | 'spendMinor') => ads.reduce((sum, ad) => sum + ad[of], 0);
  for (const [pulled, real] of [
    [byLevel.ad?.impressions, total('impressions')],
    [byLevel.ad?.clicks, total('linkClicks')],
    [Number(byLevel.ad?.spendMinor), total('spendMinor')],
  ]) {
    expect(real).toBeGreaterThan(0);
    expect(pulled).toBeLessThanOrEqual(real ?? 0);
    expect(pulled).toBeGreaterThan((real ?? 0) * 0.98);
  }
}
