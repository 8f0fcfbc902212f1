import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { metaFailure } from '@/lib/platforms/meta/errors';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { describeError } from '@/lib/runtime/log';
import { pointAt } from './environment';
import { deploy, eur, openShop, type Shop } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 1_500);
}, 60_000);
afterAll(() => simulator?.stop());
afterEach(() => simulator.admin('DELETE', 'faults'));

type Fault = {
  kind: string;
  nth?: number;
  times?: number;
  match?: { method?: string; path?: string };
  params?: object;
};
const fault = (shop: Shop, draft: Fault) => simulator.admin('POST', 'faults', { world: shop.world.worldId, ...draft });

const create = (shop: Shop, marker: string) =>
  metaWriter.createCampaign(shop.access, {
    name: `Cakes [${marker}]`,
    goal: 'LEADS',
    specialAdCategories: [],
    spendCap: null,
  });
const look = (shop: Shop, marker: string) => metaReader.findByMarker(shop.access, 'campaign', marker, null);

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

async function writesSeen(shop: Shop): Promise<number> {
  const { requests } = (await simulator.admin('GET', `requests?world=${shop.world.worldId}&method=POST`)) as {
    requests: { path: string }[];
  };
  return requests.filter((request) => request.path.endsWith('/campaigns')).length;
}

describe('a write whose answer is lost', () => {
  test.each([
    ['drop_after', 'found'],
    ['html_502', 'found'],
    ['cut_json', 'found'],
    ['malformed', 'found'],
    ['drop_before', 'absent'],
    ['http_500', 'absent'],
    ['http_503', 'absent'],
  ] as const)('%s: unknown outcome, sent once; looking finds it %s', async (kind, truth) => {
    const shop = await openShop();
    await fault(shop, { kind, match: { method: 'POST' } });
    expect((await failureOf(create(shop, 'ag:lost-01'))).code).toBe('platform_unknown_outcome');
    const found = await look(shop, 'ag:lost-01');
    // What the simulator did behind a spoiled answer is its own choice; that we can find out is ours.
    expect(['found', 'absent']).toContain(found.kind);
    if (kind.startsWith('drop')) expect(found.kind).toBe(truth);
    expect(await writesSeen(shop)).toBeLessThanOrEqual(1);
  });

  test('applied, then 500: unknown outcome, and it is there', async () => {
    const shop = await openShop();
    await fault(shop, { kind: 'http_500', match: { method: 'POST' }, params: { after: true } });
    expect((await failureOf(create(shop, 'ag:after-1'))).code).toBe('platform_unknown_outcome');
    expect((await look(shop, 'ag:after-1')).kind).toBe('found');
  });

  test('a hang ends at the deadline with an unknown outcome', async () => {
    const shop = await openShop();
    await fault(shop, { kind: 'latency', match: { method: 'POST' }, params: { ms: 4_000 } });
    const started = Date.now();
    expect(await failureOf(create(shop, 'ag:hang-01'))).toMatchObject({
      code: 'platform_unknown_outcome',
      details: { reason: 'timeout' },
    });
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test('what was created shows up late: absent first, found later', async () => {
    const shop = await openShop();
    await fault(shop, { kind: 'lookup_lag', match: { method: 'POST' }, params: { ms: 700 } });
    const { remoteId } = await create(shop, 'ag:late-01');
    expect(await metaReader.read(shop.access, 'campaign', remoteId)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(await look(shop, 'ag:late-01')).toMatchObject({ kind: 'found', object: { remoteId } });
  });
});

describe('a look-up that cannot be trusted', () => {
  test.each(['cursor_loop', 'empty_page', 'html_502', 'cut_json', 'malformed', 'throttle', 'expired_token'])(
    '%s on the list: never absent',
    async (kind) => {
      const shop = await openShop();
      await create(shop, 'ag:trust-01');
      await fault(shop, { kind, times: 0, match: { method: 'GET', path: '/campaigns' } });
      const outcome = await look(shop, 'ag:trust-01').then(
        (found) => found.kind,
        (error: AppError) => error.code,
      );
      expect(['inconclusive', 'found', 'platform_reauthorise']).toContain(outcome);
    },
  );

  test.each(['duplicate_rows', 'reordered_rows'])('%s: still found once', async (kind) => {
    const shop = await openShop();
    for (const number of [1, 2, 3]) await create(shop, `ag:order-${number}`);
    await fault(shop, { kind, match: { method: 'GET', path: '/campaigns' } });
    expect((await look(shop, 'ag:order-2')).kind).toBe('found');
  });
});

describe('reads', () => {
  test.each(['http_500', 'http_503', 'html_502', 'cut_json', 'drop_before', 'drop_after'])(
    '%s once is not noticed',
    async (kind) => {
      const shop = await openShop();
      await fault(shop, { kind, match: { method: 'GET' } });
      expect(await metaReader.listAccounts(shop.access)).toHaveLength(1);
    },
  );

  test('numbers of a wrong type never become numbers of ours', async () => {
    const shop = await openShop('shop-history');
    await fault(shop, { kind: 'wrong_types', times: 0, match: { method: 'GET', path: '/insights' } });
    const query = { level: 'campaign', since: '2026-01-01', until: '2027-12-31', goal: 'LEADS' } as const;
    const outcome = await metaReader.insights(shop.access, query).catch((error: AppError) => error);
    if (outcome instanceof AppError) expect(outcome.code).toBe('platform_retry_later');
    else for (const row of outcome.rows) expect(Number.isSafeInteger(row.impressions)).toBe(true);
  });

  test('a change made silently by the platform is seen on reading back', async () => {
    const shop = await openShop();
    await fault(shop, {
      kind: 'silent_change',
      match: { method: 'POST', path: '/adsets' },
      params: { field: 'daily_budget', value: '9900' },
    });
    const { adSetId } = await deploy(shop, { ads: 0 });
    expect((await metaReader.read(shop.access, 'adset', adSetId))?.dailyBudget).toEqual(eur(9_900));
  });
});

describe('limits', () => {
  test('a throttled account is left alone by reads; another account and writes go on', async () => {
    const [slow, other] = [await openShop('shop', 1), await openShop('shop', 2)];
    const { campaignId } = await deploy(slow, { ads: 0 });
    await fault(slow, { kind: 'throttle', match: { method: 'GET' } });
    expect(await failureOf(metaReader.listPixels(slow.access))).toMatchObject({
      code: 'platform_retry_later',
      details: { reason: 'throttled' },
    });
    const error = await failureOf(metaReader.listPixels(slow.access));
    expect(metaFailure(error)?.retryAfterMs).toBeGreaterThan(0);
    await metaWriter.setStatus(slow.access, 'campaign', campaignId, 'PAUSED');
    expect(await metaReader.listPixels(other.access)).toHaveLength(1);
  });

  test('a second edit of one object within 30 seconds is told to wait 30 seconds', async () => {
    const world = (await simulator.admin('POST', 'worlds', { scenario: 'shop', rateTier: 'limited', seed: 3 })) as {
      adAccounts: { id: string; currency: string }[];
      accessToken: string;
      worldId: string;
    };
    const account = world.adAccounts[0];
    const access = {
      platform: 'meta',
      mode: 'SIMULATED',
      accountId: account?.id ?? '',
      token: world.accessToken,
      currency: 'EUR',
    } as const;
    const { remoteId } = await metaWriter.createCampaign(access, {
      name: 'edit me',
      goal: 'LEADS',
      specialAdCategories: [],
      spendCap: null,
    });
    const edits = async () => {
      for (let times = 0; times < 3; times += 1)
        await metaWriter.setStatus(access, 'campaign', remoteId, times % 2 === 0 ? 'ACTIVE' : 'PAUSED');
    };
    expect(await failureOf(edits())).toMatchObject({
      code: 'platform_retry_later',
      details: { reason: 'edited_too_soon', retryAfterMs: 30_000 },
    });
  });

  test('on the smallest tier a deployment runs into the limit as a wait, never as an unknown outcome', async () => {
    const shop = await openShop();
    const world = (await simulator.admin('POST', 'worlds', { scenario: 'shop', rateTier: 'limited', seed: 4 })) as {
      adAccounts: { id: string }[];
      accessToken: string;
    };
    const access = { ...shop.access, accountId: world.adAccounts[0]?.id ?? '', token: world.accessToken };
    const many = async () => {
      for (let index = 0; index < 40; index += 1)
        await metaWriter.createCampaign(access, {
          name: `c${index}`,
          goal: 'LEADS',
          specialAdCategories: [],
          spendCap: null,
        });
    };
    const error = await failureOf(many());
    expect(error).toMatchObject({ code: 'platform_retry_later', details: { reason: 'throttled' } });
    expect(metaFailure(error)?.retryAfterMs).toBeGreaterThan(1_000);
  });
});

describe('no token leaks', () => {
  test('under every fault, from no error', async () => {
    for (const kind of [
      'html_502',
      'cut_json',
      'malformed',
      'expired_token',
      'throttle',
      'http_500',
      'drop_after',
      'drop_before',
      'error',
      'wrong_types',
    ]) {
      const shop = await openShop();
      await fault(shop, { kind, times: 0, params: { message: `bad token ${shop.access.token}` } });
      for (const call of [
        () => create(shop, 'ag:leak-01'),
        () => metaReader.listAccounts(shop.access),
        () => metaReader.listPages(shop.access),
      ]) {
        const error = await call().then(
          () => null,
          (thrown: unknown) => thrown,
        );
        if (error === null) continue;
        const everything = inspect(error, { depth: 10 }) + JSON.stringify(describeError(error)) + JSON.stringify(error);
        expect(everything).not.toContain(shop.access.token);
      }
    }
  });
});

describe('two tenants', () => {
  test("working at once never see or touch what is the other one's", async () => {
    const [one, two] = [await openShop('shop', 11), await openShop('shop', 12)];
    const [mine, theirs] = await Promise.all([
      deploy(one, { marker: 'ag:tenant', ads: 2 }),
      deploy(two, { marker: 'ag:tenant', ads: 2 }),
    ]);
    expect(await metaReader.findByMarker(one.access, 'campaign', 'ag:tenant-c', null)).toMatchObject({
      object: { remoteId: mine.campaignId },
    });
    expect(await metaReader.findByMarker(two.access, 'campaign', 'ag:tenant-c', null)).toMatchObject({
      object: { remoteId: theirs.campaignId },
    });
    expect(await metaReader.read(one.access, 'campaign', theirs.campaignId)).toBeNull();
    expect((await failureOf(metaWriter.setStatus(one.access, 'campaign', theirs.campaignId, 'ACTIVE'))).code).toBe(
      'platform_fix_input',
    );
  });
});
