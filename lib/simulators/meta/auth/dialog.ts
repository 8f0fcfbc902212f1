import type { Context as HonoContext } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { hashOf } from '../../market/market';
import type { WorldHost } from '../world/host';
import type { LiveWorld } from '../world/live-world';
import { textOf } from '../world/live-world';
import { isScenario, personOf, type Scenario } from '../world/scenarios';
import { dialogErrorPage, dialogPage } from './dialog-page';
import { appOf } from './exchange';
import { grantScopes, readScopes, SCOPES } from './permissions';
import { newCodeText } from './tokens';

const COOKIE = 'sim_world';
const CODE_LIFE_MS = 600_000;
const SCENARIO_LABELS: Record<Scenario, string> = {
  shop: 'A small shop that never advertised',
  'shop-history': 'A small shop with five weeks of past ads',
  'two-accounts': 'Two ad accounts in two currencies',
  jpy: 'A shop in Japan, in yen',
  'no-page': 'A business without a Facebook Page',
  unpaid: 'An ad account with an unpaid bill',
  disabled: 'An ad account that was shut down',
  wild: 'A market drawn at random',
};

type Fields = Record<string, string>;

type Login = {
  version: string;
  appId: string;
  appName: string;
  redirectUri: string;
  state: string;
  scopes: string[];
  authType: string;
  returnsScopes: boolean;
};

function isRedirectable(uri: string): boolean {
  return URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol);
}

function readLogin(host: WorldHost, version: string, fields: Fields): Login | string {
  const app = appOf(host, fields.client_id ?? '');
  if (!app) return 'The app id in this address is not valid.';
  if (!isRedirectable(fields.redirect_uri ?? '')) return 'The address to return to is missing or not valid.';
  const { known, unknown } = readScopes(fields.scope ?? 'public_profile');
  if (unknown.length > 0) return `Invalid Scopes: ${unknown.join(', ')}. This message is only shown to developers.`;
  return {
    version,
    appId: app.id,
    appName: app.name,
    redirectUri: fields.redirect_uri ?? '',
    state: fields.state ?? '',
    scopes: known,
    authType: fields.auth_type ?? '',
    returnsScopes: fields.return_scopes === 'true',
  };
}

function worldFor(host: WorldHost, c: HonoContext, fields: Fields): LiveWorld | null {
  const hint = fields.world ?? getCookie(c, COOKIE);
  return hint === undefined ? null : (host.worlds.get(hint) ?? null);
}

/** Scopes to show: declined ones are asked again only on a re-request. */
function shownScopes(login: Login, live: LiveWorld | null) {
  const held = live?.world.grants[login.appId] ?? {};
  const asksAgain = /rerequest|reauth/.test(login.authType);
  return SCOPES.filter(({ scope }) => login.scopes.includes(scope) && (asksAgain || held[scope] !== 'declined')).map(
    (info) => ({ ...info, isChecked: true }),
  );
}

/** GET /dialog/oauth: the consent page. */
export function showDialog(host: WorldHost, c: HonoContext, version: string): Response | Promise<Response> {
  const fields: Fields = c.req.query();
  const login = readLogin(host, version, fields);
  if (typeof login === 'string') return c.html(dialogErrorPage('Something went wrong', login), 400);

  const live = worldFor(host, c, fields);
  const seed = hashOf(host.now() | 0, login.state);
  const personName = live ? (textOf(live.world.objects[live.world.userId], 'name') ?? '') : personOf(seed);
  const selected = isScenario(fields.scenario ?? '') ? fields.scenario : 'shop';
  const hidden: Fields = {
    client_id: login.appId,
    redirect_uri: login.redirectUri,
    state: login.state,
    scope: login.scopes.join(','),
    auth_type: login.authType,
    return_scopes: String(login.returnsScopes),
    ...(live ? { world: live.world.id } : { sim_seed: String(seed) }),
  };
  c.header('Cache-Control', 'no-store');
  return c.html(
    dialogPage({
      appName: login.appName,
      personName,
      action: `${host.publicUrl()}/${version}/dialog/oauth`,
      hidden,
      scopes: shownScopes(login, live),
      scenarios: live
        ? []
        : (Object.keys(SCENARIO_LABELS) as Scenario[]).map((value) => ({
            value,
            label: SCENARIO_LABELS[value],
            isSelected: value === selected,
          })),
    }),
  );
}

function redirectTo(c: HonoContext, uri: string, query: Fields, fragment = ''): Response {
  const target = new URL(uri);
  for (const [key, value] of Object.entries(query)) target.searchParams.set(key, value);
  return c.redirect(`${target.toString()}${fragment}`, 302);
}

/** POST /dialog/oauth: what the person decided. */
export async function decideDialog(host: WorldHost, c: HonoContext, version: string): Promise<Response> {
  const form = await c.req.formData();
  const fields: Fields = {};
  for (const [key, value] of form) if (typeof value === 'string') fields[key] = value;
  const login = readLogin(host, version, fields);
  if (typeof login === 'string') return c.html(dialogErrorPage('Something went wrong', login), 400);

  if (fields.decision !== 'continue') {
    return redirectTo(c, login.redirectUri, {
      error_reason: 'user_denied',
      error: 'access_denied',
      error_description: 'Permissions error',
      error_code: '200',
      state: login.state,
    });
  }

  const live =
    worldFor(host, c, fields) ??
    host.createWorld({
      scenario: isScenario(fields.sim_scenario ?? '') ? (fields.sim_scenario as Scenario) : 'shop',
      seed: Number(fields.sim_seed) || undefined,
    });
  const allowed = ['public_profile', ...form.getAll('allow').map(String)];
  const shown = shownScopes(login, live).map(({ scope }) => scope);
  grantScopes(live.world, login.appId, shown, allowed);
  const nowMs = host.worldNow(live.world);
  const code = {
    value: newCodeText(live.world.mark),
    appId: login.appId,
    redirectUri: login.redirectUri,
    expiresMs: nowMs + CODE_LIFE_MS,
    used: false,
  };
  live.world.codes.push(code);
  host.persist(live);

  setCookie(c, COOKIE, live.world.id, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 30 * 86_400 });
  const grants = live.world.grants[login.appId] ?? {};
  const scopes = (state: string) =>
    Object.keys(grants)
      .filter((scope) => grants[scope] === state)
      .join(',');
  return redirectTo(
    c,
    login.redirectUri,
    {
      code: code.value,
      ...(login.state === '' ? {} : { state: login.state }),
      ...(login.returnsScopes ? { granted_scopes: scopes('granted'), denied_scopes: scopes('declined') } : {}),
    },
    '#_=_',
  );
}
