import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { inWorkspace } from '@/lib/runtime/db';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import { setOffset } from '../fixtures/launch';
import type { SimulatedLaunch } from '../fixtures/simulated-launch';
import { launchedShop } from '../fixtures/time-machine';
import { withSimulator } from '../fixtures/with-simulator';

/** A sample runs with the suite; `npm run soak insights` runs them all. */
const SCHEDULES = process.env.SOAK ? 100 : 2;
const HOUR = 3_600_000;
/** What a look may meet; each is gone at the next try. */
const FAULTS = [
  'http_500',
  'html_502',
  'cut_json',
  'malformed',
  'wrong_types',
  'duplicate_rows',
  'reordered_rows',
  'empty_page',
  'cursor_loop',
  'drop_after',
];

let launch: SimulatedLaunch;
let adAccountId: string;
const simulator = withSimulator({ META_RETRY_BASE_MS: '5' });

const world = (path: string, body?: unknown) => simulator.admin('POST', `worlds/${launch.world.worldId}/${path}`, body);

async function moveTo(hours: number): Promise<void> {
  await world('clock', { offsetMs: hours * HOUR });
  await setOffset(launch.ctx.workspaceId, hours * HOUR);
}

/** One look; what a fault spoils is thrown and tried again by whoever runs it. */
async function look(): Promise<string> {
  try {
    return (await monitorAccount(launch.ctx, { adAccountId })).state;
  } catch {
    return 'failed';
  }
}

/** Two weeks of looks at odd times, missed, late and doubled, a third of them into a fault. */
async function live(seed: number): Promise<{ failed: number; pulled: number }> {
  const chance = xoroshiro128plus(seed);
  const roll = (below: number) => Math.floor(((chance.next() >>> 0) / 2 ** 32) * below);
  const steps = [1, 2, 4, 4, 4, 6, 8, 12, 28, 50];
  const outcome = { failed: 0, pulled: 0 };
  for (let hours = 0; hours < 14 * 24; ) {
    hours += steps[roll(steps.length)] ?? 4;
    await moveTo(hours);
    if (roll(3) === 0)
      await simulator.admin('POST', 'faults', {
        kind: FAULTS[roll(FAULTS.length)],
        world: launch.world.worldId,
        ...(roll(2) === 0 ? { match: { path: 'insights' } } : {}),
        nth: 1 + roll(3),
        times: 1 + roll(6),
      });
    const states = roll(4) === 0 ? await Promise.all([look(), look()]) : [await look()];
    if (states.includes('failed') && roll(2) === 0) states.push(await look());
    outcome.failed += states.filter((state) => state === 'failed').length;
    outcome.pulled += states.filter((state) => state === 'pulled').length;
    await simulator.admin('DELETE', 'faults');
  }
  return outcome;
}

type Truth = { accounts: { ads: { adId: string; impressions: number; linkClicks: number; spendMinor: number }[] }[] };

describe('what was pulled', () => {
  const totals = { failed: 0, pulled: 0 };
  it.each(Array.from({ length: SCHEDULES }, (_, at) => at + 1))(
    'equals the truth after a random schedule with faults (%i)',
    // A body that ran out of time goes on into the next one's shop: at full size nobody waits, so it may take long.
    { timeout: process.env.SOAK ? 900_000 : 180_000 },
    async (seed) => {
      launch = await launchedShop();
      adAccountId = (await inWorkspace(launch.ctx.workspaceId, (tx) => tx.adAccount.findFirstOrThrow())).id;
      const outcome = await live(seed);
      totals.failed += outcome.failed;
      totals.pulled += outcome.pulled;
      const campaign = await inWorkspace(launch.ctx.workspaceId, (tx) =>
        tx.remoteObject.findFirstOrThrow({ where: { level: 'campaign' } }),
      );
      await world('edit', { objectId: campaign.remoteId, status: 'PAUSED' });
      // Into the week after next: every day has been restated for the last time, and is asked for once more.
      await moveTo((14 + 15) * 24);
      expect(await look()).toBe('pulled');

      const facts = await inWorkspace(launch.ctx.workspaceId, (tx) => tx.insightFact.findMany());
      const sum = (level: string, of: 'impressions' | 'clicks' | 'spendMinor' | 'results', entityId?: string) =>
        facts
          .filter((row) => row.level === level && (entityId === undefined || row.entityId === entityId))
          .reduce((total, row) => total + Number(row[of] ?? 0), 0);
      const truth = (await simulator.admin('GET', `worlds/${launch.world.worldId}/truth`)) as Truth;
      const ads = truth.accounts.flatMap((account) => account.ads);
      expect(ads.reduce((total, ad) => total + ad.impressions, 0)).toBeGreaterThan(1000);
      for (const ad of ads) {
        expect([
          sum('ad', 'impressions', ad.adId),
          sum('ad', 'clicks', ad.adId),
          sum('ad', 'spendMinor', ad.adId),
        ]).toEqual([ad.impressions, ad.linkClicks, ad.spendMinor]);
      }
      const answer = await metaReader.insights(launch.access, {
        level: 'ad',
        since: '2026-01-01',
        until: '2027-12-31',
        goal: launch.plan.goal,
      });
      const results = answer.rows.reduce((total, row) => total + (row.results ?? 0), 0);
      for (const level of ['ad', 'adset', 'campaign']) {
        expect([
          sum(level, 'impressions'),
          sum(level, 'clicks'),
          sum(level, 'spendMinor'),
          sum(level, 'results'),
        ]).toEqual([
          ads.reduce((total, ad) => total + ad.impressions, 0),
          ads.reduce((total, ad) => total + ad.linkClicks, 0),
          ads.reduce((total, ad) => total + ad.spendMinor, 0),
          results,
        ]);
      }
    },
  );

  it('met faults and doubled looks on the way', () => {
    expect(totals.failed).toBeGreaterThan(0);
    expect(totals.pulled).toBeGreaterThan(SCHEDULES * 10);
  });
});
