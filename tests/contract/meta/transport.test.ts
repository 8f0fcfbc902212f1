import { inspect } from 'node:util';
import { AdAccount, Campaign, FacebookAdsApi } from 'facebook-nodejs-business-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { AppError } from '@/lib/domain/errors';
import { metaFailure } from '@/lib/platforms/meta/errors';
import type { MetaHost } from '@/lib/platforms/meta/host';
import { createdSchema } from '@/lib/platforms/meta/schemas';
import { MetaApi } from '@/lib/platforms/meta/transport';
import { plugUsageObserver, type UsageObservation } from '@/lib/platforms/meta/usage';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import type { Urgency } from '@/lib/platforms/port';
import { describeError } from '@/lib/runtime/log';
import { graphError, json, startScripted } from './scripted-server';

const TOKEN = 'EAAcanaryTOKENcanaryTOKENcanary0123456789';
const SECRET = 'canary-app-secret';
let server: Awaited<ReturnType<typeof startScripted>>;
let host: MetaHost;

beforeAll(async () => {
  server = await startScripted();
  host = {
    mode: 'SIMULATED',
    graphUrl: server.url,
    dialogUrl: server.url,
    version: 'v26.0',
    appId: 'app',
    appSecret: SECRET,
    connectTimeoutMs: 2_000,
    timeoutMs: 10_000,
  };
});
afterAll(() => server.stop());
beforeEach(() => server.answerWith((_request, response) => json(response, 200, { id: '1' })));

/** An account per test: what Meta says about one must not reach into the next test. */
let account = 0;
beforeEach(() => {
  account += 1;
  plugPace(memoryPace());
});
const api = (token = TOKEN, accountId = `act_${account}`) => new MetaApi(token, host, accountId);
const read = () => api().get(['120', 'adsets'], { fields: 'id' }, createdSchema);
/** One that gives up soon. */
const hasty = () => new MetaApi(TOKEN, { ...host, timeoutMs: 400 }, `act_${account}`);
const write = () => {
  // What a read before it taught about limits is another test's matter.
  plugPace(memoryPace());
  return api().post(['act_1', 'campaigns'], { name: 'x' }, createdSchema);
};

async function failureOf(call: () => Promise<unknown>): Promise<AppError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a failure');
}

describe('what leaves', () => {
  test('the token travels in the header and nowhere else', async () => {
    await read();
    await write();
    await api().delete(['120'], {}, z.object({}));
    expect(server.seen).toHaveLength(3);
    for (const request of server.seen) {
      expect(request.headers.authorization).toBe(`Bearer ${TOKEN}`);
      expect(request.url + request.body).not.toContain(TOKEN);
      expect(request.url + request.body).not.toContain(SECRET);
      expect(request.url + request.body).toContain('appsecret_proof');
      expect(request.url.startsWith('/v26.0/')).toBe(true);
    }
  });

  test('lists and objects of a query are JSON, absent ones left out', async () => {
    await api().get(
      ['search'],
      { fields: 'id', filtering: [{ field: 'name' }], after: undefined, limit: 5 },
      createdSchema,
    );
    const query = new URL(server.seen[0]?.url ?? '', server.url).searchParams;
    expect(query.get('filtering')).toBe('[{"field":"name"}]');
    expect(query.get('limit')).toBe('5');
    expect(query.has('after')).toBe(false);
  });

  test('path segments cannot leave their place', async () => {
    await api().get(['../../evil?x=1', 'a/b'], {}, createdSchema);
    expect(server.seen[0]?.url.split('?')[0]).toBe('/v26.0/..%2F..%2Fevil%3Fx%3D1/a%2Fb');
  });

  test("the SDK's own objects and cursors work on it and never set a process-wide token", async () => {
    server.answerWith((request, response) => {
      const isSecond = request.url.includes('after=MQ');
      json(response, 200, {
        data: [{ id: isSecond ? '2' : '1', name: 'c' }],
        paging: {
          cursors: { after: 'MQ' },
          ...(isSecond
            ? {}
            : { next: `https://graph.facebook.com/v26.0/act_1/campaigns?access_token=${TOKEN}&after=MQ&fields=name` }),
        },
      });
    });
    const account = new AdAccount('act_1', {}, undefined, api());
    const page = await account.getCampaigns([Campaign.Fields.name], {});
    expect(page[0]?.id).toBe('1');
    const next = await page.next();
    expect(next[0]?.id).toBe('2');
    expect(server.seen.every((request) => !request.url.includes(TOKEN))).toBe(true);
    expect(FacebookAdsApi.getDefaultApi()).toBeUndefined();
  });

  test('printing the api prints neither token nor secret', () => {
    const printed = inspect(api(), { depth: 5 }) + JSON.stringify(api());
    expect(printed).not.toContain(TOKEN);
    expect(printed).not.toContain(SECRET);
  });
});

describe('two tenants at once', () => {
  test('1,000 interleaved calls never mix tokens', async () => {
    server.answerWith(async (request, response) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      json(response, 200, { id: String(request.headers.authorization).slice(-1) });
    });
    const tenants = [api('EAAtenantTokenTokenToken0'), api('EAAtenantTokenTokenToken1')] as const;
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => {
          const tenant = (index % 2) as 0 | 1;
          return index % 3 === 0
            ? tenants[tenant].post(['act_1', 'ads'], {}, createdSchema).then((body) => [tenant, body.id] as const)
            : tenants[tenant].get(['me'], {}, createdSchema).then((body) => [tenant, body.id] as const);
        }),
      );
      for (const [tenant, id] of answers) expect(id).toBe(String(tenant));
    }
    expect(server.seen).toHaveLength(1_000);
  });
});

type Case = [
  name: string,
  status: number,
  error: Record<string, unknown>,
  readAs: string,
  writeAs: string,
  reason: string,
];
const CASES: Case[] = [
  [
    'expired token',
    400,
    { code: 190, error_subcode: 463 },
    'platform_reauthorise',
    'platform_reauthorise',
    'token_expired',
  ],
  [
    'app removed',
    401,
    { code: 190, error_subcode: 458 },
    'platform_reauthorise',
    'platform_reauthorise',
    'app_removed',
  ],
  [
    'password changed',
    400,
    { code: 190, error_subcode: 460 },
    'platform_reauthorise',
    'platform_reauthorise',
    'password_changed',
  ],
  [
    'checkpoint',
    400,
    { code: 190, error_subcode: 459 },
    'platform_reauthorise',
    'platform_reauthorise',
    'login_checkpoint',
  ],
  ['malformed token', 400, { code: 190 }, 'platform_reauthorise', 'platform_reauthorise', 'token_invalid'],
  ['session key', 400, { code: 102 }, 'platform_reauthorise', 'platform_reauthorise', 'token_invalid'],
  [
    'no token',
    400,
    { code: 2500, message: 'An active access token must be used to query information' },
    'platform_reauthorise',
    'platform_reauthorise',
    'token_invalid',
  ],
  [
    'app limit, HTTP 403',
    403,
    { code: 4, is_transient: true },
    'platform_retry_later',
    'platform_retry_later',
    'throttled',
  ],
  [
    'account limit',
    400,
    { code: 17, error_subcode: 2446079 },
    'platform_retry_later',
    'platform_retry_later',
    'throttled',
  ],
  ['page limit', 400, { code: 32 }, 'platform_retry_later', 'platform_retry_later', 'throttled'],
  [
    'custom limit',
    400,
    { code: 613, error_subcode: 1487742 },
    'platform_retry_later',
    'platform_retry_later',
    'throttled',
  ],
  [
    'same object within 30 s',
    400,
    { code: 613, error_subcode: 4841018 },
    'platform_retry_later',
    'platform_retry_later',
    'edited_too_soon',
  ],
  [
    'fifth budget change',
    400,
    { code: 613, error_subcode: 1487632 },
    'platform_retry_later',
    'platform_retry_later',
    'too_many_budget_edits',
  ],
  [
    'ads management limit',
    400,
    { code: 80004, error_subcode: 2446079 },
    'platform_retry_later',
    'platform_retry_later',
    'throttled',
  ],
  [
    'blocked',
    400,
    { code: 368, error_subcode: 1404078 },
    'platform_retry_later',
    'platform_retry_later',
    'blocked_for_abuse',
  ],
  ['unknown', 500, { code: 1 }, 'platform_retry_later', 'platform_unknown_outcome', 'transient'],
  [
    'unavailable',
    503,
    { code: 2, is_transient: true },
    'platform_retry_later',
    'platform_unknown_outcome',
    'transient',
  ],
  ['edit failure', 400, { code: 300 }, 'platform_retry_later', 'platform_unknown_outcome', 'transient'],
  ['permission', 403, { code: 200 }, 'platform_not_permitted', 'platform_not_permitted', 'permission_missing'],
  ['extended permission', 400, { code: 294 }, 'platform_not_permitted', 'platform_not_permitted', 'permission_missing'],
  ['app role', 403, { code: 10 }, 'platform_not_permitted', 'platform_not_permitted', 'app_not_permitted'],
  [
    'proof refused',
    400,
    { code: 100, message: 'Invalid appsecret_proof provided in the API argument' },
    'platform_not_permitted',
    'platform_not_permitted',
    'app_secret_refused',
  ],
  ['budget too low', 400, { code: 100, error_subcode: 1885272 }, 'platform_fix_input', 'platform_fix_input', 'invalid'],
  [
    'object missing',
    400,
    { code: 100, error_subcode: 33 },
    'platform_fix_input',
    'platform_fix_input',
    'object_missing',
  ],
  ['alias missing', 404, { code: 803 }, 'platform_fix_input', 'platform_fix_input', 'object_missing'],
  ['version ended', 400, { code: 2635 }, 'platform_fix_input', 'platform_fix_input', 'version_ended'],
];

describe('errors are classed by code and subcode, whatever the HTTP status', () => {
  test.each(CASES)('%s', async (_name, status, error, readAs, writeAs, reason) => {
    server.answerWith((_request, response) => graphError(response, status, error));
    const [onRead, onWrite] = [await failureOf(read), await failureOf(write)];
    expect(server.seen.filter((request) => request.method === 'POST')).toHaveLength(1);
    expect([onRead.code, onWrite.code]).toEqual([readAs, writeAs]);
    expect([metaFailure(onRead)?.reason, metaFailure(onWrite)?.reason]).toEqual([reason, reason]);
    expect(metaFailure(onWrite)).toMatchObject({ metaCode: error.code, traceId: 'AbCdEfGhIjKlMnOpQrStUvW', status });
  });

  test("Meta's words for the owner and the blamed field survive, object or JSON text", async () => {
    for (const data of [{ blame_field_specs: [['daily_budget']] }, '{"blame_field_specs":[["daily_budget"]]}']) {
      server.answerWith((_request, response) =>
        graphError(response, 400, {
          code: 100,
          error_subcode: 1885272,
          error_user_title: 'Budget Is Too Low',
          error_user_msg: 'At least $1.00.',
          error_data: data,
        }),
      );
      expect(metaFailure(await failureOf(write))).toMatchObject({
        userTitle: 'Budget Is Too Low',
        userMessage: 'At least $1.00.',
        blamed: ['daily_budget'],
      });
    }
  });

  test('too much data asks for a smaller question, not for another try', async () => {
    server.answerWith((_request, response) =>
      graphError(response, 500, {
        code: 1,
        message: "Please reduce the amount of data you're asking for, then retry your request",
      }),
    );
    expect(metaFailure(await failureOf(read))?.reason).toBe('too_much_data');
    expect(server.seen).toHaveLength(1);
  });
});

describe('how long to wait', () => {
  test("the business use case's minutes decide", async () => {
    const header = {
      'x-business-use-case-usage': JSON.stringify({
        77: [
          {
            type: 'ads_management',
            call_count: 100,
            total_cputime: 1,
            total_time: 1,
            estimated_time_to_regain_access: 12,
          },
        ],
      }),
    };
    server.answerWith((_request, response) => graphError(response, 400, { code: 80004 }, header));
    expect(metaFailure(await failureOf(read))?.retryAfterMs).toBe(12 * 60_000);
  });

  test("the account's reset seconds decide otherwise, five minutes without any header", async () => {
    server.answerWith((_request, response) =>
      graphError(
        response,
        400,
        { code: 17, error_subcode: 2446079 },
        { 'x-ad-account-usage': '{"acc_id_util_pct":100,"reset_time_duration":90}' },
      ),
    );
    expect(metaFailure(await failureOf(read))?.retryAfterMs).toBe(90_000);
    server.answerWith((_request, response) => graphError(response, 400, { code: 17, error_subcode: 2446079 }));
    expect(metaFailure(await failureOf(write))?.retryAfterMs).toBe(300_000);
  });

  test('an edit within 30 seconds waits 30 seconds', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 613, error_subcode: 4841018 }));
    expect(metaFailure(await failureOf(write))?.retryAfterMs).toBe(30_000);
  });
});

describe('a throttled account', () => {
  const urgent = (urgency: Urgency) => new MetaApi(TOKEN, host, `act_${account}`, urgency);

  test('is left alone by reads and writes, can still be stopped, and slows no other account', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 80004 }, {}));
    await failureOf(read);
    server.answerWith((_request, response) => json(response, 200, { id: '1' }));
    const create = () => api().post(['act_1', 'campaigns'], { name: 'x' }, createdSchema);
    for (const call of [read, create])
      expect(metaFailure(await failureOf(call))).toMatchObject({ reason: 'throttled', status: null });
    expect(server.seen).toHaveLength(0);
    expect(await urgent('stop').post(['120'], { status: 'PAUSED' }, createdSchema)).toEqual({ id: '1' });
    expect(await urgent('stop').get(['120'], {}, createdSchema)).toEqual({ id: '1' });
    expect(await api(TOKEN, 'act_another').get(['1'], {}, createdSchema)).toEqual({ id: '1' });
  });

  test('a limit of the whole app holds every account of this app, and no other app', async () => {
    const busy = (appId: string) => new MetaApi(TOKEN, { ...host, appId }, `act_${account}`);
    server.answerWith((_request, response) => graphError(response, 403, { code: 4, is_transient: true }));
    await failureOf(() => busy('busy-app').get(['1'], {}, createdSchema));
    server.answerWith((_request, response) => json(response, 200, { id: '1' }));
    const sibling = new MetaApi(TOKEN, { ...host, appId: 'busy-app' }, 'act_sibling');
    expect(metaFailure(await failureOf(() => sibling.get(['1'], {}, createdSchema)))?.reason).toBe('throttled');
    expect(await busy('quiet-app').get(['1'], {}, createdSchema)).toEqual({ id: '1' });
  });

  test('a budget changed too often holds that change alone', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 613, error_subcode: 1487632 }));
    expect(metaFailure(await failureOf(write))?.reason).toBe('too_many_budget_edits');
    server.answerWith((_request, response) => json(response, 200, { id: '1' }));
    expect(await read()).toEqual({ id: '1' });
  });

  test('whose limits fill up keeps the rest for what is urgent: numbers wait first, then reads and writes, stops never', async () => {
    const full = (percent: number) => ({
      'x-ad-account-usage': JSON.stringify({ acc_id_util_pct: percent, reset_time_duration: 60 }),
    });
    const goes = async (urgency: Urgency) => {
      server.answerWith((_request, response) => json(response, 200, { id: '1' }));
      return urgent(urgency)
        .get(['1'], {}, createdSchema)
        .then(
          () => true,
          () => false,
        );
    };
    const order: Urgency[] = ['background', 'read', 'write', 'stop'];
    const standing = async (percent: number) => {
      server.answerWith((_request, response) => json(response, 200, { id: '1' }, full(percent)));
      await urgent('stop').get(['1'], {}, createdSchema);
      const answers: boolean[] = [];
      for (const urgency of order) answers.push(await goes(urgency));
      return answers;
    };
    expect(await standing(74)).toEqual([true, true, true, true]);
    expect(await standing(78)).toEqual([false, true, true, true]);
    expect(await standing(93)).toEqual([false, false, false, true]);
    expect(await api(TOKEN, 'act_roomy').get(['1'], {}, createdSchema)).toEqual({ id: '1' });
  });

  test('is asked again once the wait is over', async () => {
    const briefly = { 'x-ad-account-usage': '{"acc_id_util_pct":100,"reset_time_duration":0.05}' };
    server.answerWith((_request, response) => graphError(response, 400, { code: 17 }, briefly));
    await failureOf(read);
    server.answerWith((_request, response) => json(response, 200, { id: '1' }));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(await read()).toEqual({ id: '1' });
  });
});

describe('answers that are none', () => {
  const BROKEN: [string, (response: Parameters<Parameters<typeof server.answerWith>[0]>[1]) => void][] = [
    [
      'HTML 502',
      (response) =>
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>Bad Gateway</body></html>'),
    ],
    ['cut JSON', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"12')],
    ['wrong shape', (response) => json(response, 200, { id: { nested: true } })],
    ['empty 500', (response) => response.writeHead(500).end()],
    ['JSON 500 without an error object', (response) => json(response, 500, { oops: true })],
    ['connection dropped', (response) => void response.socket?.destroy()],
    [
      'cut in the middle of the body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"id"');
        response.socket?.destroy();
      },
    ],
  ];

  test.each(BROKEN)(
    '%s: a read is asked three times, a write once, and its outcome is unknown',
    async (_name, script) => {
      server.answerWith((_request, response) => script(response));
      expect((await failureOf(read)).code).toBe('platform_retry_later');
      expect(server.seen).toHaveLength(3);
      server.answerWith((_request, response) => script(response));
      expect((await failureOf(write)).code).toBe('platform_unknown_outcome');
      expect(server.seen).toHaveLength(1);
    },
  );

  test('a hang ends at the deadline; a write that hung has an unknown outcome', async () => {
    server.answerWith(() => undefined);
    const started = Date.now();
    const [asked, sent] = [
      () => hasty().get(['1'], {}, createdSchema),
      () => hasty().post(['act_1', 'ads'], {}, createdSchema),
    ];
    expect(await failureOf(asked)).toMatchObject({ code: 'platform_retry_later', details: { reason: 'timeout' } });
    expect(await failureOf(sent)).toMatchObject({ code: 'platform_unknown_outcome', details: { reason: 'timeout' } });
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(server.seen).toHaveLength(2);
  });

  test('a body that never ends is a hang too', async () => {
    server.answerWith((_request, response) => void response.writeHead(200).write('{"id":'));
    expect((await failureOf(() => hasty().post(['act_1', 'ads'], {}, createdSchema))).details.reason).toBe('timeout');
  });

  test('nobody listens: the write cannot have arrived', async () => {
    const gone = await startScripted();
    await gone.stop();
    const nowhere = new MetaApi(TOKEN, { ...host, graphUrl: gone.url });
    const error = await failureOf(() => nowhere.post(['act_1', 'ads'], {}, createdSchema));
    expect(error).toMatchObject({ code: 'platform_retry_later', details: { reason: 'network' } });
  });

  test('a redirect is not followed: the token goes to no other host', async () => {
    server.answerWith(
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/steal' }).end(),
    );
    expect((await failureOf(write)).code).toBe('platform_unknown_outcome');
  });

  test('a read that succeeds at the second try succeeds', async () => {
    let calls = 0;
    server.answerWith((_request, response) => {
      calls += 1;
      if (calls === 1) return graphError(response, 500, { code: 2, is_transient: true });
      json(response, 200, { id: '5' });
    });
    expect(await read()).toEqual({ id: '5' });
  });

  test('a limit is not asked again: calls while throttled only add to it', async () => {
    server.answerWith((_request, response) => graphError(response, 400, { code: 80004 }));
    await failureOf(read);
    expect(server.seen).toHaveLength(1);
  });
});

describe('no secret in any error', () => {
  test('a hostile answer that repeats token, secret and address leaks nothing', async () => {
    const echo = `Invalid token ${TOKEN} at https://graph.facebook.com/?access_token=${TOKEN}&client_secret=${SECRET}`;
    const scripts = [
      (response: Parameters<typeof graphError>[0]) =>
        graphError(response, 400, { code: 190, message: echo, error_user_msg: echo, error_user_title: echo }),
      (response: Parameters<typeof graphError>[0]) =>
        void response.writeHead(502, { 'content-type': 'text/html' }).end(`<html>${echo}</html>`),
      (response: Parameters<typeof graphError>[0]) => json(response, 200, { id: { [TOKEN]: echo } }),
      (response: Parameters<typeof graphError>[0]) => void response.socket?.destroy(),
    ];
    for (const script of scripts) {
      server.answerWith((_request, response) => script(response));
      for (const call of [read, write]) {
        const error = await failureOf(call);
        const everything =
          inspect(error, { depth: 10 }) +
          JSON.stringify(error.details) +
          JSON.stringify(describeError(error)) +
          String(error.stack);
        expect(everything).not.toContain(TOKEN);
        expect(everything).not.toContain(SECRET);
        expect(everything).not.toContain('appsecret_proof=');
      }
    }
  });
});

describe('usage headers', () => {
  test('are heard after every call, on success and on error, with account and app', async () => {
    const heard: UsageObservation[] = [];
    plugUsageObserver((observation) => heard.push(observation));
    const headers = {
      'x-app-usage': '{"call_count":28,"total_cputime":25,"total_time":31}',
      'x-ad-account-usage':
        '{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":"development_access"}',
      'x-business-use-case-usage':
        '{"278":[{"type":"ads_insights","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":0}]}',
      'x-ad-api-version-warning': 'The call has been auto-upgraded to v26.0',
    };
    server.answerWith((_request, response) => json(response, 200, { id: '1' }, headers));
    await read();
    server.answerWith((_request, response) => graphError(response, 400, { code: 100 }, { 'x-app-usage': 'not json' }));
    await failureOf(write);
    expect(heard[0]).toMatchObject({
      mode: 'SIMULATED',
      appId: 'app',
      accountId: `act_${account}`,
      usage: {
        appPercent: 31,
        accountPercent: 9.67,
        accountResetSeconds: 100,
        tier: 'development_access',
        businessUseCases: [{ ownerId: '278', type: 'ads_insights', percent: 95 }],
      },
    });
    expect(heard[0]?.usage.versionWarning).toContain('v26.0');
    expect(heard[1]?.usage.appPercent).toBeNull();
    plugUsageObserver(() => undefined);
  });
});
