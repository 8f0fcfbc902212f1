import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { runJobNow } from '@/lib/jobs/run-now';
import { decrypt } from '@/lib/runtime/crypto';
import { closeDatabase } from '@/lib/runtime/db';
import { type Advance, advanceClock } from '@/lib/services/clock/advance';
import { clockState } from '@/lib/services/clock/state';
import { checkLogin } from '@/lib/services/connections/check-health';
import { dueChecks } from '@/lib/services/connections/due-checks';
import { pointAt } from '@/tests/contract/meta/environment';
import type { Simulator } from '@/tests/contract/meta/simulator-process';
import { connectedShop, laterBy, loginOf, type Shop, startSimulator } from '../connections/world';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url);
  plugJobEngine();
}, 60_000);
afterEach(() => simulator.admin('DELETE', 'faults'));
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
  await simulator?.stop();
});

const DAY_MS = 86_400_000;
const pass = async (shop: Shop, by: Advance) => {
  await advanceClock(shop.ctx, { projectId: shop.projectId, by });
  const outcome = await runJobNow('advance-clock', { ...shop.ctx, actor: { type: 'job', name: 'advance-clock' } }, {});
  expect(outcome).toBeUndefined();
};

describe('logins while time is moved', () => {
  it('live on past the sixty days of their token, because they are looked at on the way', async () => {
    const shop = await connectedShop();
    const before = await loginOf(shop.ctx);
    // Five weeks are left: nothing to renew yet. The week that passes crosses the day from which it is.
    await laterBy(shop, 25);
    await pass(shop, '1w');
    expect((await clockState(shop.ctx)).offsetMs).toBe(32 * DAY_MS);
    const after = await loginOf(shop.ctx);
    expect(decrypt(after.accessToken, after.id)).not.toBe(decrypt(before.accessToken, before.id));
    await laterBy(shop, 35);
    expect(await checkLogin(shop.ctx, { connectionId: after.id })).toBe('healthy');
  }, 120_000);

  it('are looked at once a day of that time, not at every step', async () => {
    const shop = await connectedShop();
    await pass(shop, '4h');
    expect((await loginOf(shop.ctx)).checkedAt).toBeNull();
    await laterBy(shop, 2);
    expect(await dueChecks(shop.ctx)).toHaveLength(1);
    await pass(shop, '4h');
    const looked = (await loginOf(shop.ctx)).checkedAt;
    expect(looked).not.toBeNull();
    await pass(shop, '4h');
    expect((await loginOf(shop.ctx)).checkedAt).toEqual(looked);
  }, 60_000);

  it('that cannot be looked at hold nothing up', async () => {
    const shop = await connectedShop();
    await laterBy(shop, 2);
    await simulator.admin('POST', 'faults', { kind: 'html_502', times: 0 });
    await pass(shop, '4h');
    expect(await clockState(shop.ctx)).toMatchObject({ running: false, offsetMs: 2 * DAY_MS + 4 * 3_600_000 });
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'HEALTHY', checkedAt: null });
  }, 60_000);

  it('of another workspace are not its business', async () => {
    const [mine, other] = [await connectedShop(), await connectedShop()];
    await laterBy(mine, 2);
    await laterBy(other, 2);
    expect(await dueChecks(mine.ctx)).toEqual([(await loginOf(mine.ctx)).id]);
  });
});
