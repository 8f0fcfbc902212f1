import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  dialogUrl,
  exchangeCode,
  grantedPermissions,
  inspectToken,
  longLivedToken,
  me,
} from '@/lib/platforms/meta/login';
import { metaReader } from '@/lib/platforms/meta/reader';
import type { LoginAccess } from '@/lib/platforms/port';
import { pointAt } from './environment';
import { openShop } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

const REDIRECT = 'http://localhost:3000/api/auth/facebook/callback';
const SCOPES = ['ads_management', 'ads_read', 'pages_show_list', 'pages_read_engagement', 'pages_manage_ads'];
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 10_000);
}, 60_000);
afterAll(() => simulator?.stop());

/** Does what a person does on the login page: reads it, ticks, presses. Gives where it leads back to. */
async function decide(url: string, decision: 'continue' | 'cancel', allowed: readonly string[] = SCOPES): Promise<URL> {
  const page = await (await fetch(url)).text();
  const form = new FormData();
  for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    form.set(name, value.replaceAll('&amp;', '&'));
  for (const scope of allowed) form.append('allow', scope);
  form.set('decision', decision);
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  const answer = await fetch(new URL(action ?? '', url), { method: 'POST', body: form, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
}

const dialog = (state = 'state-1') => dialogUrl({ mode: 'SIMULATED', state, redirectUri: REDIRECT, scopes: SCOPES });
async function login(allowed?: readonly string[]): Promise<LoginAccess> {
  const back = await decide(dialog(), 'continue', allowed);
  const { token } = await exchangeCode({
    mode: 'SIMULATED',
    code: back.searchParams.get('code') ?? '',
    redirectUri: REDIRECT,
  });
  return { platform: 'meta', mode: 'SIMULATED', token };
}

describe('logging in', () => {
  test('through the page, with our state, to a token of two months that can be inspected', async () => {
    const back = await decide(dialog('our state & more'), 'continue');
    expect(back.origin + back.pathname).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('our state & more');
    const code = back.searchParams.get('code') ?? '';
    const now = new Date();
    const short = await exchangeCode({ mode: 'SIMULATED', code, redirectUri: REDIRECT, now });
    expect(short.expiresAt?.getTime()).toBeLessThan(now.getTime() + 3 * 3_600_000);
    const long = await longLivedToken({ mode: 'SIMULATED', token: short.token, now });
    expect(long.expiresAt?.getTime()).toBeGreaterThan(now.getTime() + 50 * 86_400_000);

    const access: LoginAccess = { platform: 'meta', mode: 'SIMULATED', token: long.token };
    const person = await me(access);
    expect(person.name).not.toBe('');
    const facts = await inspectToken({ mode: 'SIMULATED', token: long.token });
    expect(facts).toMatchObject({ isValid: true, userId: person.id, appId: 'simulated-app', subcode: null });
    expect(facts.scopes).toContain('ads_management');
    expect(facts.dataAccessExpiresAt?.getTime()).toBeGreaterThan(now.getTime());
    expect(await metaReader.listAccounts(access)).not.toHaveLength(0);
  });

  test('a cancelled dialog comes back with our state and no code', async () => {
    const back = await decide(dialog(), 'cancel');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('code')).toBeNull();
    expect(back.searchParams.get('state')).toBe('state-1');
  });

  test('permissions are granted and declined one by one', async () => {
    const permissions = await grantedPermissions(await login(['ads_read', 'pages_show_list']));
    expect(permissions.granted).toEqual(expect.arrayContaining(['ads_read', 'pages_show_list']));
    expect(permissions.declined).toEqual(expect.arrayContaining(['ads_management', 'pages_manage_ads']));
  });

  test('a code works once, and only with the address it was asked for', async () => {
    const first = (await decide(dialog(), 'continue')).searchParams.get('code') ?? '';
    await expect(exchangeCode({ mode: 'SIMULATED', code: first, redirectUri: `${REDIRECT}/` })).rejects.toMatchObject({
      code: 'facebook_state_invalid',
    });
    await exchangeCode({ mode: 'SIMULATED', code: first, redirectUri: REDIRECT });
    await expect(exchangeCode({ mode: 'SIMULATED', code: first, redirectUri: REDIRECT })).rejects.toMatchObject({
      code: 'facebook_state_invalid',
    });
    await expect(exchangeCode({ mode: 'SIMULATED', code: 'invented', redirectUri: REDIRECT })).rejects.toMatchObject({
      code: 'facebook_state_invalid',
    });
  });

  test('neither codes, tokens nor secrets stand in any address', async () => {
    const access = await login();
    await longLivedToken({ mode: 'SIMULATED', token: access.token });
    await inspectToken({ mode: 'SIMULATED', token: access.token });
    const { requests } = (await simulator.admin('GET', 'requests')) as { requests: { method: string; path: string }[] };
    const asked = requests.filter((request) => request.path === '/oauth/access_token');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((request) => request.method === 'POST')).toBe(true);
  });
});

describe('a login that died', () => {
  test.each([
    [463, 'token_expired'],
    [460, 'password_changed'],
    [458, 'app_removed'],
    [459, 'login_checkpoint'],
    [467, 'token_invalid'],
  ] as const)('190/%i asks to log in again', async (subcode, reason) => {
    const { world, access } = await openShop();
    await simulator.admin('POST', `worlds/${world.worldId}/tokens`, { action: 'revoke', subcode });
    await expect(metaReader.listAccounts(access)).rejects.toMatchObject({
      code: 'platform_reauthorise',
      details: { reason, metaSubcode: subcode },
    });
    const facts = await inspectToken({ mode: 'SIMULATED', token: access.token });
    expect(facts).toMatchObject({ isValid: false, subcode });
  });

  test('a made-up token asks to log in again', async () => {
    await expect(me({ platform: 'meta', mode: 'SIMULATED', token: 'EAAmadeUpMadeUpMadeUp' })).rejects.toMatchObject({
      code: 'platform_reauthorise',
    });
  });

  test('a permission taken away is not permitted, and says so', async () => {
    const { world, access } = await openShop();
    for (const permission of ['ads_management', 'ads_read'])
      await simulator.admin('POST', `worlds/${world.worldId}/permissions`, { permission, status: 'declined' });
    await expect(metaReader.listPixels(access)).rejects.toMatchObject({
      code: 'platform_not_permitted',
      details: { reason: 'permission_missing' },
    });
  });
});

describe('the app', () => {
  test('no live app configured: said before anything is sent', () => {
    expect(() => dialogUrl({ mode: 'LIVE', state: 's', redirectUri: REDIRECT, scopes: SCOPES })).toThrow(
      'facebook_not_connected',
    );
  });
});
