import type { Context as HonoContext } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { hashOf } from '../../market/market';
import type { WorldHost } from '../world/host';
import type { LiveWorld } from '../world/live-world';
import { textOf } from '../world/live-world';
import { isScenario, personOf, type Scenario } from '../world/scenarios';
import { dialogErrorPage, dialogPage } from './dialog-page';
import { type LoginRequest, readLogin, redirectQuery } from './login-request';
import type { Login, Logins } from './logins';
import { grantScopes, SCOPES } from './permissions';
import { issueToken, newCodeText, SHORT_LIFE_MS } from './tokens';

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

/** Scopes to show: declined ones are asked again only on a re-request. */
function shownScopes(request: LoginRequest, live: LiveWorld | null) {
  const held = live?.world.grants[request.appId] ?? {};
  const asksAgain = /rerequest|reauth/.test(request.authType);
  return SCOPES.filter(({ scope }) => request.scopes.includes(scope) && (asksAgain || held[scope] !== 'declined')).map(
    (info) => ({ ...info, isChecked: true }),
  );
}

function nameOf(live: LiveWorld): string {
  return textOf(live.world.objects[live.world.userId], 'name') ?? '';
}

/** GET /dialog/oauth: the consent page. */
export function showDialog(
  host: WorldHost,
  logins: Logins,
  c: HonoContext,
  version: string,
): Response | Promise<Response> {
  const fields: Fields = c.req.query();
  const request = readLogin(host, version, fields);
  if (typeof request === 'string') return c.html(dialogErrorPage('Something went wrong', request), 400);

  // A named world is the caller's own choice; otherwise the browser knows whom it was used by last.
  const named = fields.world === undefined ? null : (host.worlds.get(fields.world) ?? null);
  const live = named ?? logins.recall(getCookie(c, COOKIE));
  const seed = hashOf(host.now() | 0, request.state);
  const key = logins.open({ known: live?.world.id ?? null, seed });
  const selected = isScenario(fields.scenario ?? '') ? fields.scenario : 'shop';
  c.header('Cache-Control', 'no-store');
  return c.html(
    dialogPage({
      appName: request.appName,
      personName: live ? nameOf(live) : personOf(seed),
      isKnown: live !== null,
      action: `${host.publicUrl()}/${version}/dialog/oauth`,
      hidden: { ...request.fields, sim_login: key },
      scopes: shownScopes(request, live),
      scenarios: (Object.keys(SCENARIO_LABELS) as Scenario[]).map((value) => ({
        value,
        label: SCENARIO_LABELS[value],
        isSelected: value === selected,
      })),
    }),
  );
}

/** The person who pressed: the one the page named, or somebody new. A page pressed twice makes one person. */
function worldFor(host: WorldHost, login: Login, fields: Fields): LiveWorld {
  const isOther = fields.decision === 'other';
  const wanted = isOther ? login.madeWorld : (login.known ?? login.madeWorld);
  const known = wanted === null ? undefined : host.worlds.get(wanted);
  if (known) return known;
  const scenario = fields.sim_scenario ?? '';
  // Somebody who is not the known person gets a face of their own.
  const seed = login.known === null ? login.seed : hashOf(login.seed, 'other');
  const live = host.createWorld({ scenario: isScenario(scenario) ? scenario : 'shop', seed: seed || undefined });
  login.madeWorld = live.world.id;
  return live;
}

/** POST /dialog/oauth: what the person decided. */
export async function decideDialog(
  host: WorldHost,
  logins: Logins,
  c: HonoContext,
  version: string,
): Promise<Response> {
  const form = await c.req.formData();
  const fields: Fields = {};
  for (const [key, value] of form) if (typeof value === 'string') fields[key] = value;
  const request = readLogin(host, version, fields);
  if (typeof request === 'string') return c.html(dialogErrorPage('Something went wrong', request), 400);

  if (fields.decision !== 'continue' && fields.decision !== 'other') {
    return redirectTo(c, request, {
      error_reason: 'user_denied',
      error: 'access_denied',
      error_description: 'Permissions error',
      error_code: '200',
      ...(request.state === '' ? {} : { state: request.state }),
    });
  }
  const login = logins.find(fields.sim_login ?? '');
  if (!login)
    return c.html(dialogErrorPage('This page is too old', 'Go back to the app and start to log in again.'), 400);

  const live = worldFor(host, login, fields);
  const allowed = ['public_profile', ...form.getAll('allow').map(String)];
  // What the page did not ask stays as it was.
  const onPage = host.worlds.get(login.known ?? '') ?? null;
  const shown = shownScopes(request, onPage).map(({ scope }) => scope);
  grantScopes(live.world, request.appId, shown, allowed);
  setCookie(c, COOKIE, logins.remember(live), { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 30 * 86_400 });
  return redirectTo(c, request, { ...answerOf(host, live, request), ...scopesOf(live, request) });
}

/** The code, the token or both, as response_type asked. */
function answerOf(host: WorldHost, live: LiveWorld, request: LoginRequest): Fields {
  const { world } = live;
  const nowMs = host.worldNow(world);
  const answer: Fields = request.state === '' ? {} : { state: request.state };
  if (request.wantsCode) {
    answer.code = newCodeText(world.mark);
    const { appId, redirectUri } = request;
    world.codes.push({ value: answer.code, appId, redirectUri, expiresMs: nowMs + CODE_LIFE_MS, used: false });
  }
  if (request.wantsToken) {
    const scopes = Object.entries(world.grants[request.appId] ?? {})
      .filter(([, state]) => state === 'granted')
      .map(([scope]) => scope);
    const token = issueToken(world, { appId: request.appId, scopes, nowMs, lifeMs: SHORT_LIFE_MS });
    answer.access_token = token.value;
    answer.expires_in = String(Math.floor(SHORT_LIFE_MS / 1000));
    answer.data_access_expiration_time = String(Math.floor(token.dataAccessExpiresMs / 1000));
  }
  host.persist(live);
  return answer;
}

function scopesOf(live: LiveWorld, request: LoginRequest): Fields {
  if (!request.returnsScopes) return {};
  const grants = live.world.grants[request.appId] ?? {};
  const named = (state: string) =>
    Object.keys(grants)
      .filter((scope) => grants[scope] === state)
      .join(',');
  return { granted_scopes: named('granted'), denied_scopes: named('declined') };
}

function redirectTo(c: HonoContext, request: LoginRequest, answer: Fields): Response {
  return c.redirect(redirectQuery(request, answer), 302);
}
