import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, drain, plugJobEngine } from '@/lib/jobs/engine';
import { decrypt } from '@/lib/runtime/crypto';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { loadConnectCards } from '@/lib/services/connections/card';
import { checkLogin } from '@/lib/services/connections/check-health';
import { enqueueDueChecks } from '@/lib/services/connections/due-checks';
import { pointAt } from '@/tests/contract/meta/environment';
import type { Simulator } from '@/tests/contract/meta/simulator-process';
import { connectedShop, eventsOf, laterBy, loginOf, type Shop, startSimulator } from './world';

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

const look = async (shop: Shop) => checkLogin(shop.ctx, { connectionId: (await loginOf(shop.ctx)).id });
const cards = (shop: Shop) =>
  inWorkspace(shop.ctx.workspaceId, (tx) => tx.message.count({ where: { kind: 'FB_CONNECT' } }));
const cardState = async (shop: Shop) => {
  const loaded = await inWorkspace(shop.ctx.workspaceId, (tx) => loadConnectCards(tx, shop.ctx, [shop.projectId]));
  const card = loaded.get(shop.projectId);
  return card?.kind === 'FB_CONNECT' ? card.state : null;
};
const refuseExchange = () =>
  simulator.admin('POST', 'faults', {
    kind: 'error',
    times: 0,
    match: { path: '/oauth/access_token' },
    params: { code: 100, message: 'cannot be exchanged' },
  });
const tokens = (shop: Shop, body: object) => simulator.admin('POST', `worlds/${shop.world.worldId}/tokens`, body);

describe('the daily look at a login', () => {
  it('learns when it ends, keeps what stands behind it, and calls a fresh one healthy', async () => {
    const shop = await connectedShop();
    expect(await look(shop)).toBe('healthy');
    const login = await loginOf(shop.ctx);
    expect(login.status).toBe('HEALTHY');
    expect(login.tokenExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 50 * 86_400_000);
    expect(login.dataAccessExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 80 * 86_400_000);
    expect(login.scopes).toContain('ads_management');
    const pixels = await inWorkspace(shop.ctx.workspaceId, (tx) => tx.platformPixel.findMany());
    expect(pixels.length).toBeGreaterThan(0);
    expect(await cards(shop)).toBe(0);
  });

  it('asks for a longer life in good time, and uses the new token from then on', async () => {
    const shop = await connectedShop();
    const before = await loginOf(shop.ctx);
    await laterBy(shop, 20);
    await look(shop);
    expect((await loginOf(shop.ctx)).accessToken).toBe(before.accessToken);
    await laterBy(shop, 15);
    expect(await look(shop)).toBe('healthy');
    const after = await loginOf(shop.ctx);
    expect(decrypt(after.accessToken, after.id)).not.toBe(decrypt(before.accessToken, before.id));
    expect(after.tokenExpiresAt?.getTime()).toBeGreaterThan((before.createdAt.getTime() ?? 0) + 90 * 86_400_000);
  });

  it('where no longer life is given, a card comes ten days before the end and one three days before, once each', async () => {
    const shop = await connectedShop();
    await refuseExchange();
    await laterBy(shop, 45);
    await look(shop);
    expect(await cards(shop)).toBe(0);
    await laterBy(shop, 6);
    await Promise.all([look(shop), look(shop), look(shop)]);
    await look(shop);
    expect(await cards(shop)).toBe(1);
    expect(await cardState(shop)).toBe('ending');
    await laterBy(shop, 6.5);
    await look(shop);
    await look(shop);
    expect(await cards(shop)).toBe(2);
    const ending = (await eventsOf(shop.ctx)).filter((event) => event.type === 'connection.ending');
    expect(ending.map((event) => (event.payload as { days: number }).days)).toEqual([10, 3]);
    const bells = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.notification.findMany({ where: { key: 'connection_ending' } }),
    );
    expect(bells).toHaveLength(2);
    await laterBy(shop, 4);
    expect(await look(shop)).toBe('broken');
    expect(await cardState(shop)).toBe('broken');
  });

  it.each([
    [463, 'token_463'],
    [460, 'token_460'],
    [459, 'token_459'],
  ])('a token that died with %i is broken, said once, and repaired by nobody', async (subcode, reason) => {
    const shop = await connectedShop();
    await tokens(shop, { action: 'revoke', subcode });
    expect(await look(shop)).toBe('broken');
    expect(await look(shop)).toBe('broken');
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'BROKEN', statusReason: reason });
    const told = (await eventsOf(shop.ctx)).filter((event) => event.type === 'connection.broken');
    expect(told).toHaveLength(1);
    expect(told[0]?.projectId).toBe(shop.projectId);
  });

  it('a lost permission breaks it, and giving it back repairs it', async () => {
    const shop = await connectedShop();
    const permission = (status: string) =>
      simulator.admin('POST', `worlds/${shop.world.worldId}/permissions`, { permission: 'ads_management', status });
    await permission('declined');
    expect(await look(shop)).toBe('broken');
    expect(await loginOf(shop.ctx)).toMatchObject({ statusReason: 'missing_permissions' });
    expect(await cardState(shop)).toBe('denied');
    await permission('granted');
    expect(await look(shop)).toBe('repaired');
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'HEALTHY', statusReason: null });
  });

  it('concludes nothing while Meta does not answer', async () => {
    const shop = await connectedShop();
    await simulator.admin('POST', 'faults', { kind: 'html_502', times: 0 });
    await expect(look(shop)).rejects.toMatchObject({ code: 'platform_retry_later' });
    expect(await loginOf(shop.ctx)).toMatchObject({ status: 'HEALTHY', checkedAt: null });
  });

  it('leaves alone what was taken out of service or forgotten', async () => {
    const shop = await connectedShop();
    for (const change of [{ status: 'QUARANTINED' }, { status: 'BROKEN', accessToken: '' }]) {
      await inWorkspace(shop.ctx.workspaceId, (tx) => tx.facebookConnection.updateMany({ data: change }));
      expect(await look(shop)).toBe('skipped');
    }
  });

  it('is started once a day per login, by any number of ticks, and done by a worker', async () => {
    const shop = await connectedShop();
    expect(await dueHere(shop)).toBe(0);
    await laterBy(shop, 2);
    await Promise.all([enqueueDueChecks(), enqueueDueChecks(), enqueueDueChecks()]);
    await drain(12_000);
    const login = await loginOf(shop.ctx);
    expect(login.checkedAt).not.toBeNull();
    expect(await dueHere(shop)).toBe(0);
  }, 40_000);
});

async function dueHere(shop: Shop): Promise<number> {
  await enqueueDueChecks();
  return inWorkspace(shop.ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM jobs.job WHERE data->>'kind' = 'check-connection' AND state < 'active' AND data->>'workspaceId' = ${shop.ctx.workspaceId}`;
    return Number(rows[0]?.count ?? 0);
  });
}
