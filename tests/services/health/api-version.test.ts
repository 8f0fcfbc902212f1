import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase } from '@/lib/runtime/db';
import { log } from '@/lib/runtime/log';
import { forgetApiVersion, knownApiVersion, sayApiVersion } from '@/lib/services/health/api-version';
import { checkReadiness } from '@/lib/services/health/readiness';
import { graphError, json, startScripted } from '@/tests/contract/meta/scripted-server';

let server: Awaited<ReturnType<typeof startScripted>>;
const logged: { level: number; msg: string }[] = [];

beforeAll(async () => {
  server = await startScripted();
  Object.assign(process.env, {
    META_GRAPH_URL: server.url,
    META_API_VERSION: 'v24.0',
    FACEBOOK_APP_ID: 'app',
    FACEBOOK_APP_SECRET: 'a-secret-of-the-app',
  });
  log.level = 'info';
  const stream = (log as unknown as Record<symbol, { write: (line: string) => void }>)[pino.symbols.streamSym];
  if (stream) stream.write = (line) => logged.push(JSON.parse(line));
});
beforeEach(() => {
  forgetApiVersion();
  logged.length = 0;
});
afterAll(async () => {
  await server.stop();
  await closeDatabase();
});

describe('at start-up', () => {
  it('an ended version is an error in plain words, in the log and for whoever checks the health, and holds up no page', async () => {
    server.answerWith((_request, response) =>
      graphError(response, 400, {
        code: 2635,
        message:
          '(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0.',
      }),
    );
    await sayApiVersion();
    expect(logged).toMatchObject([{ level: 50, version: 'v24.0', notice: expect.stringContaining('v26.0') }]);
    expect(logged[0]?.msg).toContain('has ended API version v24.0');
    expect(logged[0]?.msg).toContain('META_API_VERSION');
    expect(await checkReadiness()).toMatchObject({ ready: true, api: { version: 'v24.0', state: 'ended' } });
    expect(JSON.stringify(logged)).not.toContain('a-secret-of-the-app');
  });

  it('a version Meta replaces under us is a warning', async () => {
    const notice = 'The call has been auto-upgraded to v26.0 as v24.0 has been deprecated';
    server.answerWith((_request, response) =>
      graphError(response, 400, { code: 2500 }, { 'x-ad-api-version-warning': notice }),
    );
    await sayApiVersion();
    expect(logged).toMatchObject([{ level: 40, notice }]);
  });

  it('a served one is no trouble, and is asked once for many who check', async () => {
    server.answerWith((_request, response) => json(response, 200, { id: '1' }));
    await Promise.all([sayApiVersion(), sayApiVersion(), checkReadiness()]);
    await checkReadiness();
    expect(server.seen).toHaveLength(1);
    expect(logged.every(({ level }) => level === 30)).toBe(true);
  });

  it('a Meta that hangs keeps no health check waiting', async () => {
    server.answerWith(() => undefined);
    const started = Date.now();
    expect(knownApiVersion()).toBeNull();
    expect(Date.now() - started).toBeLessThan(200);
  });
});
