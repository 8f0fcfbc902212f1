import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetaSimulator } from '../../../lib/simulators/meta/simulator';
import { createMemoryStore } from '../../../lib/simulators/meta/store/memory-store';
import { type Body, caller, makeWorld, type Simulator, startSimulator } from './world';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const REDIRECT = 'https://app.example/back';

async function open(extra: Record<string, string> = {}, cookie = '') {
  const query = new URLSearchParams({
    client_id: 'some-app',
    redirect_uri: REDIRECT,
    state: 's',
    scope: 'ads_read,email',
    ...extra,
  });
  const answer = await fetch(`${simulator.url}/v26.0/dialog/oauth?${query}`, { headers: { cookie } });
  const html = await answer.text();
  const form = new URLSearchParams();
  for (const [, name, value] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    form.set(name ?? '', (value ?? '').replace(/&amp;/g, '&'));
  for (const [, scope] of html.matchAll(/name="allow" value="([^"]+)"/g)) form.append('allow', scope ?? '');
  return { status: answer.status, html, form };
}

async function press(form: URLSearchParams, decision: string) {
  const body = new URLSearchParams(form);
  body.set('decision', decision);
  const answer = await fetch(`${simulator.url}/v26.0/dialog/oauth`, { method: 'POST', body, redirect: 'manual' });
  const location = answer.headers.get('location');
  return {
    status: answer.status,
    target: location === null ? null : new URL(location),
    cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  };
}

const personOf = async (code: string | null | undefined): Promise<string> => {
  const query = new URLSearchParams({
    client_id: 'some-app',
    client_secret: 'x',
    redirect_uri: REDIRECT,
    code: code ?? '',
  });
  const { access_token: token } = await (await fetch(`${simulator.url}/v26.0/oauth/access_token?${query}`)).json();
  return (await caller(simulator.url, token)('GET', 'me')).body.id;
};

describe('two people never become one unasked', () => {
  test('a browser used before names its person, and somebody else logs in as somebody new', async () => {
    const first = await press((await open()).form, 'continue');
    const marta = await personOf(first.target?.searchParams.get('code'));
    const again = await open({}, first.cookie);
    expect(again.html).toMatch(/Not \S+\? Log in as somebody new/);
    const same = await press(again.form, 'continue');
    expect(await personOf(same.target?.searchParams.get('code'))).toBe(marta);
    const other = await press((await open({}, first.cookie)).form, 'other');
    expect(await personOf(other.target?.searchParams.get('code'))).not.toBe(marta);
  });

  test('neither a world’s name in the form nor a made-up cookie makes one somebody else', async () => {
    const victim = await makeWorld(simulator);
    const page = await open();
    page.form.set('world', victim.worldId);
    const answer = await press(page.form, 'continue');
    expect(await personOf(answer.target?.searchParams.get('code'))).not.toBe(victim.userId);
    const forged = await open({}, `sim_world=${victim.worldId}.guess`);
    expect(forged.html).not.toContain('Log in as somebody new');
  });

  test('two browsers on the same page at once are two people; one page pressed twice is one', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    const pressed = await Promise.all([
      press(one.form, 'continue'),
      press(two.form, 'continue'),
      press(one.form, 'continue'),
    ]);
    const ids = await Promise.all(pressed.map(({ target }) => personOf(target?.searchParams.get('code'))));
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids[0]).toBe(ids[2]);
  });

  test('a page the simulator does not know is refused, not guessed', async () => {
    const { form } = await open();
    form.set('sim_login', 'old');
    expect((await press(form, 'continue')).status).toBe(400);
  });
});

describe('the dialog’s other answers', () => {
  test('a token comes in the fragment, a code in the query, granted scopes when asked', async () => {
    const token = await press((await open({ response_type: 'token', return_scopes: 'true' })).form, 'continue');
    expect(token.target?.search).toBe('');
    const fragment = new URLSearchParams(token.target?.hash.slice(1));
    expect(fragment.get('access_token')).toMatch(/^EAA/);
    expect(fragment.get('granted_scopes')?.split(',')).toEqual(expect.arrayContaining(['ads_read', 'email']));
    const code = await press((await open({ return_scopes: 'true' })).form, 'continue');
    expect(code.target?.searchParams.get('denied_scopes')).toBe('');
    expect((await open({ response_type: 'poem' })).status).toBe(400);
  });

  test('an app with a list of addresses returns to those alone', async () => {
    await simulator.admin('POST', 'apps', { id: 'listed-app', secret: 's', redirectUris: [REDIRECT] });
    expect((await open({ client_id: 'listed-app' })).status).toBe(200);
    expect((await open({ client_id: 'listed-app', redirect_uri: `${REDIRECT}/` })).status).toBe(400);
  });

  test('what is missing in the exchange is code 100', async () => {
    const ask = async (query: object): Promise<Body> =>
      (
        await fetch(`${simulator.url}/v26.0/oauth/access_token?${new URLSearchParams(query as Record<string, string>)}`)
      ).json();
    const all = { client_id: 'simulated-app', client_secret: 'simulated-secret', redirect_uri: REDIRECT, code: 'x' };
    for (const key of ['client_id', 'client_secret', 'redirect_uri'] as const) {
      const { [key]: _left, ...rest } = all;
      expect((await ask(rest)).error).toMatchObject({ code: 100, message: expect.stringContaining(`Missing ${key}`) });
    }
    expect((await ask({ ...all, client_secret: 'wrong' })).error).toMatchObject({ code: 1 });
    expect((await ask({ ...all, client_id: 'no spaces allowed' })).error.code).toBe(101);
  });
});

describe('tokens for machines', () => {
  test('a system user’s token never ends, one with a life does, one with few scopes sees little', async () => {
    const world = await makeWorld(simulator);
    const issue = (draft: object) =>
      simulator.admin('POST', `worlds/${world.worldId}/tokens`, { action: 'issue', ...draft });
    const system = await issue({ kind: 'SYSTEM_USER' });
    const debug = async (token: string) => (await world.call('GET', 'debug_token', { input_token: token })).body.data;
    expect(await debug(system.accessToken)).toMatchObject({ type: 'SYSTEM_USER', expires_at: 0, is_valid: true });
    const narrow = await issue({ scopes: ['public_profile'], lifeS: 60 });
    const call = caller(simulator.url, narrow.accessToken);
    expect((await call('GET', world.account, { fields: 'name' })).status).toBe(403);
    await world.advance(61_000);
    expect((await call('GET', 'me')).body.error).toMatchObject({ code: 190, error_subcode: 463 });
    expect(await debug(narrow.accessToken)).toMatchObject({ is_valid: false, error: { code: 190, subcode: 463 } });
  });
});

describe('the admin interface without a key', () => {
  /** Fetch would not let a test say who it claims to be. */
  const ask = (url: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      request(`${url}/_admin/health`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  test('answers this machine when it asks directly, and nobody behind a proxy or under another name', async () => {
    expect(await ask(simulator.url, {})).toBe(200);
    const disguises: Record<string, string>[] = [
      { 'x-forwarded-for': '203.0.113.9' },
      { 'x-forwarded-host': 'shop.example' },
      { forwarded: 'for=203.0.113.9' },
      { via: '1.1 proxy' },
      { host: 'shop.example' },
    ];
    for (const headers of disguises) expect(await ask(simulator.url, headers)).toBe(403);
  });

  test('answers nobody when others could reach it, or when it is mounted without a server of its own', async () => {
    const reachable = createMetaSimulator({ store: createMemoryStore(), publicUrl: '' });
    const server = await reachable.listen({ hostname: '0.0.0.0' });
    expect(await ask(`http://127.0.0.1:${server.port}`, {})).toBe(403);
    await server.close();
    const mounted = createMetaSimulator({ store: createMemoryStore(), publicUrl: 'http://localhost:3000' });
    expect((await mounted.fetch(new Request('http://localhost:3000/_admin/health'))).status).toBe(403);
  });

  test('clears everything at once', async () => {
    const own = await startSimulator();
    await makeWorld(own);
    await own.admin('POST', 'faults', { kind: 'http_500' });
    expect(await own.admin('POST', 'reset')).toEqual({ deletedWorlds: 1 });
    expect((await own.admin('GET', 'worlds')).worlds).toEqual([]);
    expect((await own.admin('GET', 'faults')).faults).toEqual([]);
    await own.close();
  });
});
