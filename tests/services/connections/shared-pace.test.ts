import { spawn } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MetaHost } from '@/lib/platforms/meta/host';
import { createdSchema } from '@/lib/platforms/meta/schemas';
import { MetaApi } from '@/lib/platforms/meta/transport';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import type { PaceKey } from '@/lib/platforms/port';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { forgetOldLimits, paceScope, plugSharedPace, sharedPace } from '@/lib/services/connections/pace';
import { graphError, json, startScripted } from '@/tests/contract/meta/scripted-server';

const TOKEN = 'EAApaceTOKENpaceTOKENpace0123456789';
let server: Awaited<ReturnType<typeof startScripted>>;
let host: MetaHost;
let serial = 0;

beforeAll(async () => {
  server = await startScripted();
  plugSharedPace();
});
beforeEach(() => {
  serial += 1;
  host = {
    mode: 'LIVE',
    graphUrl: server.url,
    dialogUrl: server.url,
    version: 'v26.0',
    appId: `app-${serial}`,
    appSecret: 'secret',
    connectTimeoutMs: 1_000,
    timeoutMs: 5_000,
  };
});
afterAll(async () => {
  plugPace(memoryPace());
  await server.stop();
  await closeDatabase();
});

const key = (accountId: string | null): PaceKey => ({
  platform: 'meta',
  mode: 'LIVE',
  appId: host.appId ?? '',
  accountId,
});
const read = (accountId: string) => new MetaApi(TOKEN, host, accountId).get([accountId], {}, createdSchema);
const stop = (accountId: string) =>
  new MetaApi(TOKEN, host, accountId, 'stop').post(['120'], { status: 'PAUSED' }, createdSchema);
const yes = () => server.answerWith((_request, response) => json(response, 200, { id: '1' }));

describe('limits kept for every process', () => {
  it('what one process was told holds another one back, that account alone, and never a stop', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 17, error_subcode: 2446079 }));
    await expect(read('act_1')).rejects.toMatchObject({ code: 'platform_retry_later' });
    yes();
    // Nothing of this process remembers: what holds now can only have been read.
    plugSharedPace();
    await expect(read('act_1')).rejects.toMatchObject({ details: { reason: 'throttled', status: null } });
    expect(server.seen).toHaveLength(0);
    await expect(stop('act_1')).resolves.toEqual({ id: '1' });
    await expect(read('act_2')).resolves.toEqual({ id: '1' });
  });

  it('two programs see the same row', async () => {
    await sharedPace.note(key('act_9'), { kind: 'held', forMs: 60_000, because: 'throttled' });
    const program = `
      const { Client } = require('pg');
      const client = new Client({ connectionString: process.env.DATABASE_URL });
      client.connect().then(() => client.query('SELECT "heldUntil" > (now() AT TIME ZONE \\'utc\\') AS held FROM "PlatformLimit" WHERE "scope" = $1', [process.argv[1]]))
        .then((answer) => { process.stdout.write(String(answer.rows[0]?.held)); return client.end(); });`;
    const child = spawn(process.execPath, ['-e', program, paceScope(key('act_9'))], { env: process.env });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await new Promise((resolve) => child.once('exit', resolve));
    expect(said).toBe('true');
  });

  it("the app's limit holds each of its accounts; another app's accounts go on", async () => {
    server.answerWith((_request, response) => graphError(response, 403, { code: 4 }));
    await expect(read('act_1')).rejects.toMatchObject({ code: 'platform_retry_later' });
    yes();
    await expect(read('act_3')).rejects.toMatchObject({ details: { reason: 'throttled', status: null } });
    host = { ...host, appId: 'another-app' };
    await expect(read('act_3')).resolves.toEqual({ id: '1' });
  });

  it('a hold is never made shorter, a share is what was said last, and both end by themselves', async () => {
    const account = key('act_4');
    await sharedPace.note(account, { kind: 'held', forMs: 60_000, because: 'throttled' });
    await sharedPace.note(account, { kind: 'held', forMs: 10, because: 'throttled' });
    expect((await sharedPace.standing(account)).heldForMs).toBeGreaterThan(50_000);
    await sharedPace.note(account, { kind: 'usage', percent: 95, fadesInMs: 60_000, tier: 'development_access' });
    await sharedPace.note(account, { kind: 'usage', percent: 40, fadesInMs: 60_000, tier: null });
    expect((await sharedPace.standing(account)).percent).toBe(40);
    await sharedPace.note(account, { kind: 'usage', percent: 99, fadesInMs: 1, tier: null });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await sharedPace.standing(account)).percent).toBe(0);
    const row = await inSystem((tx) => tx.platformLimit.findUnique({ where: { scope: paceScope(account) } }));
    expect(row?.tier).toBe('development_access');
  });

  it('usage headers of an answered call are there for the next process', async () => {
    const nearlyFull = { 'x-ad-account-usage': '{"acc_id_util_pct":96,"reset_time_duration":200}' };
    server.answerWith((_request, response) => json(response, 200, { id: '1' }, nearlyFull));
    await read('act_5');
    expect(await sharedPace.standing(key('act_5'))).toMatchObject({ percent: 96 });
    yes();
    await expect(read('act_5')).rejects.toMatchObject({ details: { retryAfterMs: expect.any(Number) } });
    await expect(stop('act_5')).resolves.toEqual({ id: '1' });
  });

  it('a database that does not answer spoils neither a read nor a stop', async () => {
    plugPace({ standing: () => Promise.reject(new Error('down')), note: () => Promise.reject(new Error('down')) });
    server.answerWith((_request, response) =>
      json(response, 200, { id: '1' }, { 'x-ad-account-usage': '{"acc_id_util_pct":99}' }),
    );
    await expect(read('act_6')).resolves.toEqual({ id: '1' });
    await expect(stop('act_6')).resolves.toEqual({ id: '1' });
    plugSharedPace();
  });

  it('rows that say nothing any more are forgotten, a hold that still stands is not', async () => {
    for (const [account, forMs] of [
      ['act_old', -1],
      ['act_held', 86_400_000],
    ] as const)
      await sharedPace.note(key(account), { kind: 'held', forMs, because: 'blocked_for_abuse' });
    await inSystem(
      (tx) =>
        tx.$executeRaw`UPDATE "PlatformLimit" SET "updatedAt" = now() - interval '3 days' WHERE "scope" LIKE ${`%${host.appId}%`}`,
    );
    await forgetOldLimits();
    const left = await inSystem((tx) =>
      tx.platformLimit.findMany({ where: { scope: { contains: host.appId ?? '' } } }),
    );
    expect(left.map((row) => row.scope)).toEqual([paceScope(key('act_held'))]);
  });
});
