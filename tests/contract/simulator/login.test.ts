import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, caller, makeWorld, type Simulator, startSimulator } from './world';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const REDIRECT = 'http://localhost:3000/api/auth/facebook/callback';
const SCOPES = 'ads_management,ads_read,pages_show_list,pages_read_engagement';

async function openDialog(extra: Record<string, string> = {}, cookie = '') {
  const query = new URLSearchParams({
    client_id: 'aigency-demo',
    redirect_uri: REDIRECT,
    state: 's1',
    scope: SCOPES,
    ...extra,
  });
  const response = await fetch(`${simulator.url}/v26.0/dialog/oauth?${query}`, { headers: cookie ? { cookie } : {} });
  const html = await response.text();
  const hidden = new URLSearchParams();
  for (const [, name, value] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    hidden.set(name ?? '', (value ?? '').replace(/&amp;/g, '&'));
  const offered = [...html.matchAll(/name="allow" value="([^"]+)"/g)].map(([, scope]) => scope ?? '');
  return { status: response.status, html, hidden, offered };
}

/** Presses a button of the page, as a browser without scripts would. */
async function press(form: URLSearchParams, decision: 'continue' | 'cancel', allow: string[]) {
  const body = new URLSearchParams(form);
  for (const scope of allow) body.append('allow', scope);
  body.set('decision', decision);
  const response = await fetch(`${simulator.url}/v26.0/dialog/oauth`, { method: 'POST', body, redirect: 'manual' });
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { target: new URL(response.headers.get('location') ?? ''), cookie };
}

async function exchange(code: string, redirect = REDIRECT): Promise<Body> {
  const query = new URLSearchParams({
    client_id: 'aigency-demo',
    client_secret: 'anything',
    redirect_uri: redirect,
    code,
  });
  return (await fetch(`${simulator.url}/v26.0/oauth/access_token?${query}`)).json();
}

describe('the consent page', () => {
  test('names the app, the person and each permission, and works without scripts', async () => {
    const { status, html, offered } = await openDialog();
    expect(status).toBe(200);
    expect(html).toContain('Aigency wants access');
    expect(html).toMatch(/Continue as \p{Lu}/u);
    expect(html).toContain('Cancel');
    expect(html).not.toContain('<script');
    expect(offered).toEqual(expect.arrayContaining(SCOPES.split(',')));
  });

  test('Continue makes a business of its own for a newcomer and leads back with a code', async () => {
    const dialog = await openDialog();
    const person = /Continue as ([^<]+)</.exec(dialog.html)?.[1];
    const { target, cookie } = await press(dialog.hidden, 'continue', dialog.offered);
    expect(target.origin + target.pathname).toBe(REDIRECT);
    expect(target.searchParams.get('state')).toBe('s1');
    expect(target.hash).toBe('#_=_');
    expect(cookie).toMatch(/^sim_world=w/);

    const short = await exchange(target.searchParams.get('code') ?? '');
    expect(short).toMatchObject({ token_type: 'bearer', expires_in: 5108 });
    expect(short.access_token).toMatch(/^EAA[A-Za-z0-9]{190,}$/);
    const call = caller(simulator.url, short.access_token);
    expect((await call('GET', 'me')).body.name).toContain(person);
    expect((await call('GET', 'me/adaccounts', { fields: 'currency' })).body.data).toEqual([
      { currency: 'EUR', id: expect.stringMatching(/^act_\d{15}$/) },
    ]);
  });

  test('Cancel leads back with the documented error', async () => {
    const dialog = await openDialog();
    const { target } = await press(dialog.hidden, 'cancel', []);
    expect(Object.fromEntries(target.searchParams)).toEqual({
      error: 'access_denied',
      error_reason: 'user_denied',
      error_description: 'Permissions error',
      error_code: '200',
      state: 's1',
    });
  });

  test('declined permissions are declined, not asked again, and asked again on a re-request', async () => {
    const dialog = await openDialog();
    const first = await press(
      dialog.hidden,
      'continue',
      dialog.offered.filter((scope) => scope !== 'ads_management'),
    );
    const { access_token: token } = await exchange(first.target.searchParams.get('code') ?? '');
    const permissions = (await caller(simulator.url, token)('GET', 'me/permissions')).body.data;
    expect(permissions).toContainEqual({ permission: 'ads_management', status: 'declined' });
    expect((await openDialog({}, first.cookie)).offered).not.toContain('ads_management');
    const again = await openDialog({ auth_type: 'rerequest' }, first.cookie);
    expect(again.offered).toContain('ads_management');
    const second = await press(again.hidden, 'continue', again.offered);
    const renewed = await exchange(second.target.searchParams.get('code') ?? '');
    const after = (
      await caller(simulator.url, renewed.access_token)('GET', 'me/permissions', { permission: 'ads_management' })
    ).body.data;
    expect(after).toEqual([{ permission: 'ads_management', status: 'granted' }]);
  });

  test('a wrong address to return to or scope is an error page, never a redirect', async () => {
    expect((await openDialog({ redirect_uri: 'javascript:alert(1)' })).status).toBe(400);
    expect((await openDialog({ scope: 'ads_everything' })).html).toContain('Invalid Scopes');
  });

  test('the kind of business can be chosen, and a world can be named', async () => {
    const dialog = await openDialog({ scenario: 'jpy' });
    expect(dialog.html).toContain('<option value="jpy" selected');
    dialog.hidden.set('sim_scenario', 'jpy');
    const { target } = await press(dialog.hidden, 'continue', dialog.offered);
    const token = await exchange(target.searchParams.get('code') ?? '');
    expect(
      (await caller(simulator.url, token.access_token)('GET', 'me/adaccounts', { fields: 'currency' })).body.data[0]
        .currency,
    ).toBe('JPY');
    const world = await makeWorld(simulator, { personName: 'Ada Exemplo' });
    expect((await openDialog({ world: world.worldId })).html).toContain('Continue as Ada');
  });
});

describe('tokens', () => {
  async function newCode() {
    const dialog = await openDialog();
    return (await press(dialog.hidden, 'continue', dialog.offered)).target.searchParams.get('code') ?? '';
  }

  test('a code works once, for its own redirect address, with its own app', async () => {
    const code = await newCode();
    expect((await exchange(code, `${REDIRECT}/`)).error).toMatchObject({ code: 100, error_subcode: 36008 });
    expect((await exchange(code)).access_token).toBeDefined();
    expect((await exchange(code)).error).toMatchObject({ code: 100, error_subcode: 36009 });
    await simulator.admin('POST', 'apps', { id: 'strict-app', secret: 'right' });
    const query = new URLSearchParams({
      client_id: 'strict-app',
      client_secret: 'wrong',
      redirect_uri: REDIRECT,
      code,
    });
    expect(
      ((await (await fetch(`${simulator.url}/v26.0/oauth/access_token?${query}`)).json()) as Body).error.code,
    ).toBe(1);
  });

  test('short tokens become long ones and both can be examined', async () => {
    const { access_token: short } = await exchange(await newCode());
    const query = new URLSearchParams({
      grant_type: 'fb_exchange_token',
      client_id: 'aigency-demo',
      client_secret: 'anything',
      fb_exchange_token: short,
    });
    const long: Body = await (await fetch(`${simulator.url}/oauth/access_token?${query}`)).json();
    expect(long.expires_in).toBeGreaterThan(59 * 86_400);
    const debug: Body = await (
      await fetch(
        `${simulator.url}/v26.0/debug_token?input_token=${long.access_token}&access_token=aigency-demo|anything`,
      )
    ).json();
    expect(debug.data).toMatchObject({
      app_id: 'aigency-demo',
      type: 'USER',
      is_valid: true,
      scopes: expect.arrayContaining(['ads_management']),
    });
    expect(debug.data.data_access_expires_at).toBeGreaterThan(debug.data.expires_at);
    const bad = await fetch(
      `${simulator.url}/v26.0/debug_token?input_token=EAAwrong&access_token=aigency-demo|anything`,
    );
    expect(bad.status).toBe(200);
    expect(((await bad.json()) as Body).data).toMatchObject({ is_valid: false, error: { code: 190 } });
  });

  test('taking the whole app back ends its tokens', async () => {
    const { access_token: token } = await exchange(await newCode());
    const call = caller(simulator.url, token);
    expect((await call('DELETE', 'me/permissions')).body).toEqual({ success: true });
    expect((await call('GET', 'me')).body.error).toMatchObject({ code: 190, error_subcode: 458 });
  });

  test('removing the app in the settings calls it back with a signed request', async () => {
    await simulator.admin('POST', 'apps', { id: 'called-app', secret: 'called-secret' });
    const world = await makeWorld(simulator, { appId: 'called-app' });
    const received: URLSearchParams[] = [];
    const listener = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        received.push(new URLSearchParams(body));
        response.end('{"confirmation_code":"abc"}');
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const answer = await simulator.admin('POST', `worlds/${world.worldId}/callbacks`, {
      kind: 'deauthorize',
      url: `http://127.0.0.1:${port}/gone`,
      appId: 'called-app',
    });
    await new Promise((resolve) => listener.close(resolve));

    expect(answer).toEqual({ status: 200, body: '{"confirmation_code":"abc"}' });
    const [signature = '', payload = ''] = (received[0]?.get('signed_request') ?? '').split('.');
    expect(createHmac('sha256', 'called-secret').update(payload).digest('base64url')).toBe(signature);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      algorithm: 'HMAC-SHA256',
      user_id: world.userId,
    });
    expect((await world.call('GET', 'me')).body.error).toMatchObject({ code: 190, error_subcode: 458 });
  });
});
