import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { metaReader } from '@/lib/platforms/meta/reader';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { carryOutStop } from '@/lib/services/mutations/carry-out-stop';
import { stopNow } from '@/lib/services/mutations/stop-now';
import { readStop } from '@/lib/services/stops/read';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { manyCampaigns, type Shop } from '../fixtures/many-campaigns';
import { type SlowDatabase, slowDatabase } from '../fixtures/slow-database';

let simulator: Simulator;
let database: SlowDatabase;
beforeAll(async () => {
  database = await slowDatabase(process.env.DATABASE_URL ?? '');
  process.env.DATABASE_URL = database.url;
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
});
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
  await database.close();
});

/** Real milliseconds each way: a round trip to the database costs twice that. */
const SLOW_MS = 15;
const SECONDS = 10;

const statusOf = async (shop: Shop) =>
  Promise.all(
    shop.campaigns.map(
      async ({ remoteId }) =>
        (await metaReader.read({ ...shop.access, urgency: 'stop' }, 'campaign', remoteId))?.status,
    ),
  );

it('50 campaigns in 5 accounts, breakers open, the database slow, one account at its limit: what the limits allow is confirmed within 10 s, the rest is listed and follows', async () => {
  const { owner, shops } = await manyCampaigns({ accounts: 5, each: 10 });
  const limited = shops[4] as Shop;
  await inSystem((tx) =>
    tx.circuit.createMany({
      data: ['app:SIMULATED', ...shops.map(({ access }) => `account:SIMULATED:${access.accountId}`)].map((scope) => ({
        scope,
        state: 'OPEN',
        failures: 9,
        probeAt: new Date(Date.now() + 3_600_000),
      })),
    }),
  );
  // The fifth account takes four more writes and then refuses everything.
  await simulator.admin('POST', 'faults', {
    kind: 'throttle',
    world: limited.world.worldId,
    match: { method: 'POST' },
    nth: 5,
    times: 0,
    params: { code: 17 },
  });
  database.delayMs = SLOW_MS;
  const from = performance.now();
  const stop = await stopNow(owner.ctx, { scope: { kind: 'workspace' } });
  const seconds = (performance.now() - from) / 1000;
  process.stdout.write(
    `stop drill: ${stop.counts.confirmed} confirmed, ${stop.counts.queued} queued after ${seconds.toFixed(1)} s\n`,
  );
  database.delayMs = 0;
  expect(seconds).toBeLessThan(SECONDS);
  expect(stop).toMatchObject({ state: 'STOPPING', counts: { campaigns: 50, confirmed: 44, queued: 6, failed: 0 } });
  const waiting = stop.campaigns.filter(({ state }) => state === 'QUEUED');
  expect(new Set(waiting.map(({ projectId }) => projectId))).toEqual(new Set([limited.projectId]));
  for (const one of waiting) {
    expect(one.reason).toBe('platform_retry_later');
    expect(Date.parse(one.nextTryAt ?? '')).toBeGreaterThan(Date.now());
  }
  for (const shop of shops.slice(0, 4)) expect(await statusOf(shop)).toEqual(Array(10).fill('PAUSED'));

  // The limit frees: what was queued follows by itself, without another press.
  await simulator.admin('DELETE', 'faults');
  await inSystem((tx) => tx.stopTarget.updateMany({ where: { state: 'QUEUED' }, data: { nextAt: new Date(0) } }));
  await carryOutStop(owner.ctx, { stopId: stop.stopId ?? '', withinMs: 8_000 });
  expect(await readStop(owner.ctx)).toMatchObject({ state: 'STOPPED', counts: { confirmed: 50 } });
  expect(await statusOf(limited)).toEqual(Array(10).fill('PAUSED'));
});
