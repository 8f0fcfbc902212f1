import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metaHost } from '@/lib/platforms/meta/host';
import { dialogUrl } from '@/lib/platforms/meta/login';
import { metaReader } from '@/lib/platforms/meta/reader';
import { probeVersion } from '@/lib/platforms/meta/version';
import { metaWriter } from '@/lib/platforms/meta/writer';
import type { AccountAccess } from '@/lib/platforms/port';
import { type Simulator, startSimulator } from './simulator-process';

type World = { worldId: string; accessToken: string; adAccounts: { id: string; currency: string }[] };
let standIn: Simulator;
let simulator: Simulator;
let live: AccountAccess;
let simulated: AccountAccess;

/** One simulator stands in for Meta itself, strict about versions and with an app that demands its secret's proof. */
beforeAll(async () => {
  [standIn, simulator] = await Promise.all([startSimulator(['--strict']), startSimulator()]);
  Object.assign(process.env, {
    META_GRAPH_URL: standIn.url,
    META_DIALOG_URL: standIn.url,
    FACEBOOK_APP_ID: '138483919580948',
    FACEBOOK_APP_SECRET: 'live-canary-secret',
    SIMULATOR_URL: `${simulator.url}/`,
    META_TIMEOUT_MS: '5000',
  });
  await standIn.admin('POST', 'apps', { id: '138483919580948', secret: 'live-canary-secret', requireProof: true });
  const accessIn = async (at: Simulator, mode: 'LIVE' | 'SIMULATED', appId?: string): Promise<AccountAccess> => {
    const world = (await at.admin('POST', 'worlds', { scenario: 'shop', ...(appId ? { appId } : {}) })) as World;
    return {
      platform: 'meta',
      mode,
      accountId: world.adAccounts[0]?.id ?? '',
      token: world.accessToken,
      currency: 'EUR',
    };
  };
  live = await accessIn(standIn, 'LIVE', '138483919580948');
  simulated = await accessIn(simulator, 'SIMULATED');
}, 60_000);
afterAll(() => Promise.all([standIn?.stop(), simulator?.stop()]));

describe('a real and a pretend connection in one process', () => {
  test('each goes to its own host, with its own app, and nowhere else', async () => {
    const create = (access: AccountAccess, name: string) =>
      metaWriter.createCampaign(access, { name, goal: 'TRAFFIC', specialAdCategories: [], spendCap: null });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? create(live, `live ${index}`) : create(simulated, `pretend ${index}`),
      ),
    );
    for (const [at, access, others] of [
      [standIn, live, simulated],
      [simulator, simulated, live],
    ] as const) {
      const { requests } = (await at.admin('GET', 'requests?method=POST')) as {
        requests: { account: string; params: { name?: string } }[];
      };
      const created = requests.filter((request) => request.params.name !== undefined);
      expect(created).toHaveLength(10);
      expect(new Set(created.map((request) => request.account))).toEqual(new Set([access.accountId]));
      expect(JSON.stringify(requests)).not.toContain(others.token);
    }
  });

  test('the dialogs are apart too', () => {
    const query = { state: 's', redirectUri: 'http://localhost:3000/cb', scopes: ['ads_read'] };
    expect(dialogUrl({ mode: 'LIVE', ...query })).toMatch(
      new RegExp(`^${standIn.url}/v26\\.0/dialog/oauth\\?client_id=138483919580948&`),
    );
    expect(dialogUrl({ mode: 'SIMULATED', ...query })).toMatch(
      new RegExp(`^${simulator.url}/v26\\.0/dialog/oauth\\?client_id=simulated-app&`),
    );
    expect(dialogUrl({ mode: 'LIVE', ...query })).not.toContain('secret');
  });

  test("an app that demands proof gets it; a wrong secret is the installation's fault, not the owner's", async () => {
    expect(await metaReader.listAccounts(live)).toHaveLength(1);
    const { MetaApi } = await import('@/lib/platforms/meta/transport');
    const { createdSchema } = await import('@/lib/platforms/meta/schemas');
    const wrong = new MetaApi(live.token, { ...metaHost('LIVE'), appSecret: 'guess' });
    await expect(wrong.get(['me'], {}, createdSchema)).rejects.toMatchObject({
      code: 'platform_not_permitted',
      details: { reason: 'app_secret_refused' },
    });
    const none = new MetaApi(live.token, { ...metaHost('LIVE'), appSecret: null });
    await expect(none.get(['me'], {}, createdSchema)).rejects.toMatchObject({
      details: { reason: 'app_secret_refused' },
    });
  });
});

describe('the API version', () => {
  test.each(['v26.0', 'v25.0', 'v27.0'])('%s is current', async (version) => {
    expect(await probeVersion('LIVE', { ...metaHost('LIVE'), version })).toMatchObject({ version, state: 'current' });
  });

  test('an ended one is said plainly, and every call says so as well', async () => {
    const host = { ...metaHost('LIVE'), version: 'v24.0' };
    expect(await probeVersion('LIVE', host)).toMatchObject({
      state: 'ended',
      notice: expect.stringContaining('v26.0'),
    });
    expect(await probeVersion('SIMULATED', { ...metaHost('SIMULATED'), version: 'v24.0' })).toMatchObject({
      state: 'upgraded',
    });
  });

  test('nobody there is unknown, not ended', async () => {
    expect(await probeVersion('LIVE', { ...metaHost('LIVE'), graphUrl: 'http://127.0.0.1:1' })).toMatchObject({
      state: 'unknown',
    });
  });
});
