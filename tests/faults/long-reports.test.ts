import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { setOffset } from '../fixtures/launch';
import type { SimulatedLaunch } from '../fixtures/simulated-launch';
import { launchedShop } from '../fixtures/time-machine';

const HOUR = 3_600_000;
let simulator: Simulator;
let launch: SimulatedLaunch;
let adAccountId: string;
let hours = 0;

beforeAll(async () => {
  process.env.META_RETRY_BASE_MS = '5';
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
  launch = await launchedShop();
  adAccountId = (await inWorkspace(launch.ctx.workspaceId, (tx) => tx.adAccount.findFirstOrThrow())).id;
}, 120_000);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
});

const fault = (kind: string, method: string, params: object = {}, body?: string) =>
  simulator.admin('POST', 'faults', {
    kind,
    world: launch.world.worldId,
    match: { method, path: 'insights', ...(body ? { body } : {}) },
    times: 1,
    params,
  });
/** The next slot's answer is too large to be given at once. */
async function heavySlot(): Promise<void> {
  hours += 4;
  await simulator.admin('POST', `worlds/${launch.world.worldId}/clock`, { offsetMs: hours * HOUR });
  await setOffset(launch.ctx.workspaceId, hours * HOUR);
  await simulator.admin('DELETE', 'faults');
  const heavy = { code: 100, subcode: 1487534, message: 'Please reduce the amount of data' };
  await fault('error', 'GET', heavy, '"level":"ad"');
}
const look = () =>
  monitorAccount(launch.ctx, { adAccountId, reportWaitMs: 300 }).then(
    ({ state }) => state,
    (error: { code?: string }) => error.code,
  );
const newestRun = () =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.monitorRun.findFirstOrThrow({ where: { adAccountId }, orderBy: { slot: 'desc' } }),
  );
const progress = async () => (await newestRun()).progress as { runId: string; orderedAt: number } | null;

describe('a window too large for an answer at once', () => {
  it('is left to the platform, and a report that takes longer than one run is gone on with by the next', async () => {
    await heavySlot();
    await fault('report_stalled', 'POST');
    expect(await look()).toBe('platform_retry_later');
    const ordered = await progress();
    expect(ordered?.runId).toMatch(/^\d+$/);
    expect(await look()).toBe('platform_retry_later');
    expect((await progress())?.runId).toBe(ordered?.runId);
  });

  it('a report that stands still for long is asked for anew, and what was kept is forgotten when it is read', async () => {
    const run = await newestRun();
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monitorRun.update({
        where: { id: run.id },
        data: { progress: { ...(run.progress as object), orderedAt: 0 } },
      }),
    );
    const before = (await progress())?.runId;
    const states = [await look()];
    const after = (await progress())?.runId;
    for (let tries = 0; states.at(-1) !== 'pulled' && tries < 10; tries += 1) states.push(await look());
    expect(states.at(-1)).toBe('pulled');
    expect(after).not.toBe(before);
    expect(await newestRun()).toMatchObject({ state: 'DONE', progress: null });
  });

  it('a run that died while it waited is taken up by another with the report it had ordered', async () => {
    await heavySlot();
    await fault('report_stalled', 'POST');
    expect(await look()).toBe('platform_retry_later');
    const ordered = await progress();
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monitorRun.updateMany({
        where: { adAccountId, state: 'FAILED' },
        data: { state: 'RUNNING', startedAt: new Date(Date.now() - 10 * 60_000) },
      }),
    );
    expect(await look()).toBe('platform_retry_later');
    expect((await progress())?.runId).toBe(ordered?.runId);
  });

  it.each(['report_failed', 'report_expired'])('%s: it is asked for anew and read', async (kind) => {
    await heavySlot();
    await fault(kind, 'POST', { code: 2, subcode: 99, message: 'Something went wrong' });
    const states = [await look()];
    for (let tries = 0; states.at(-1) !== 'pulled' && tries < 10; tries += 1) states.push(await look());
    expect(states.at(-1)).toBe('pulled');
  });

  it('a report that is too large as well is cut in halves until it is answered', async () => {
    await heavySlot();
    await fault('report_failed', 'POST');
    const states = [await look()];
    for (let tries = 0; states.at(-1) !== 'pulled' && tries < 10; tries += 1) states.push(await look());
    expect(states.at(-1)).toBe('pulled');
  });
});
