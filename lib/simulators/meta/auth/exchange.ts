import { createHmac } from 'node:crypto';
import type { App, Host } from '../graph/context';
import { badToken, GraphError, missing } from '../wire/errors';
import { type Params, readText } from '../wire/params';
import { worldByMark } from '../world/find-world';
import type { LiveWorld } from '../world/live-world';
import type { JsonObject, Token } from '../world/types';
import { grantedScopes } from './permissions';
import { issueToken, LONG_LIFE_MS, markInSecret, requireLiving, SHORT_LIFE_MS, tokenFault } from './tokens';

function oauthError(code: number, message: string, subcode?: number) {
  return new GraphError({ code, subcode, message, status: 400 });
}

function unknownApp() {
  return oauthError(101, 'Error validating application. Cannot get application info due to a system error.');
}

function requireApp(host: Host, params: Params): App {
  const id = readText(params, 'client_id');
  if (id === undefined) throw oauthError(100, 'Missing client_id parameter.');
  const app = appOf(host, id);
  if (!app) throw unknownApp();
  const secret = readText(params, 'client_secret');
  if (secret === undefined) throw oauthError(100, 'Missing client_secret parameter.');
  if (app.isRegistered && app.secret !== secret) throw oauthError(1, 'Error validating client secret.');
  // An unregistered app may have any secret; its proofs are checked against the one it showed last.
  app.secret = secret;
  return app;
}

/** A registered app, or a fresh stand-in: any id works, so that a newcomer needs no registration. */
export function appOf(host: Host, id: string): App | null {
  const known = host.apps.get(id);
  if (known) return known;
  if (!/^[A-Za-z0-9_-]{3,64}$/.test(id)) return null;
  const app: App = {
    id,
    secret: '',
    name: titleOf(id),
    isRegistered: false,
    requireProof: false,
    tier: 'full',
    isInDevelopment: false,
  };
  host.apps.set(id, app);
  return app;
}

function titleOf(id: string): string {
  if (/^\d+$/.test(id)) return 'Your app';
  const word = id.split(/[-_]/)[0] ?? id;
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export type FoundToken = { live: LiveWorld; token: Token };

/** The world and record of a token; refuses unknown ones. */
export function findToken(host: Host, value: string): FoundToken {
  const live = worldByMark(host.worlds, markInSecret(value));
  const token = live?.world.tokens.find((one) => one.value === value);
  if (!live || !token) throw badToken();
  return { live, token };
}

/** GET|POST /oauth/access_token: code, long-lived and app tokens. */
export function exchangeToken(host: Host, params: Params): JsonObject {
  const grant = readText(params, 'grant_type');
  if (grant === 'fb_exchange_token') return exchangeLong(host, params);
  const wasKnown = host.apps.has(readText(params, 'client_id') ?? '');
  const app = requireApp(host, params);
  if (grant !== undefined && grant !== 'client_credentials' && grant !== 'authorization_code')
    throw oauthError(100, `Unsupported grant_type ${grant}.`);
  if (grant === 'client_credentials') return { access_token: `${app.id}|${appTokenSecret(app)}`, token_type: 'bearer' };
  return exchangeCode(host, app, params, wasKnown);
}

function appTokenSecret(app: App): string {
  return createHmac('sha256', app.secret).update(app.id).digest('base64url').slice(0, 23).replace(/^/, 'app.');
}

function exchangeCode(host: Host, app: App, params: Params, wasKnown: boolean): JsonObject {
  const text = readText(params, 'code');
  const redirect = readText(params, 'redirect_uri');
  if (redirect === undefined) throw oauthError(100, 'Missing redirect_uri parameter.');
  if (text === undefined) throw oauthError(100, 'Missing authorization code');

  const live = worldByMark(host.worlds, markInSecret(text));
  const code = live?.world.codes.find((one) => one.value === text);
  if (!live || !code || code.appId !== app.id) {
    // Nobody ever logged in to this app: whoever asks has mistyped its id.
    if (!wasKnown) {
      host.apps.delete(app.id);
      throw unknownApp();
    }
    throw oauthError(100, 'Invalid verification code format.');
  }
  if (code.used) throw oauthError(100, 'This authorization code has been used.', 36009);
  const nowMs = host.worldNow(live.world);
  if (nowMs >= code.expiresMs) throw oauthError(100, 'This authorization code has expired.', 36007);
  if (code.redirectUri !== redirect) {
    throw oauthError(
      100,
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      36008,
    );
  }

  code.used = true;
  const token = issueToken(live.world, {
    appId: app.id,
    scopes: grantedScopes(live.world, app.id),
    nowMs,
    lifeMs: SHORT_LIFE_MS,
  });
  host.persist(live);
  return tokenBody(token, nowMs);
}

function exchangeLong(host: Host, params: Params): JsonObject {
  const value = readText(params, 'fb_exchange_token');
  const app = requireApp(host, params);
  if (value === undefined) throw missing('fb_exchange_token');
  const { live, token } = findToken(host, value);
  const nowMs = host.worldNow(live.world);
  requireLiving(token, nowMs);
  if (token.appId !== app.id)
    throw oauthError(190, 'Error validating access token: The access token does not belong to the application.');

  const long = issueToken(live.world, { appId: app.id, scopes: token.scopes, nowMs, lifeMs: LONG_LIFE_MS });
  host.persist(live);
  return tokenBody(long, nowMs);
}

function tokenBody(token: Token, nowMs: number): JsonObject {
  return { access_token: token.value, token_type: 'bearer', expires_in: Math.floor((token.expiresMs - nowMs) / 1000) };
}

/** The app behind `APPID|SECRET` or an issued app token. */
export function appByToken(host: Host, value: string): App | null {
  const [id = '', secret = ''] = value.split('|');
  if (!value.includes('|')) return null;
  const app = appOf(host, id);
  if (!app) return null;
  if (!app.isRegistered && !secret.startsWith('app.')) app.secret = secret;
  return secret === app.secret || secret === appTokenSecret(app) ? app : null;
}

/** GET /debug_token. A bad input token is still HTTP 200. */
export function debugToken(host: Host, params: Params, caller: string | null): JsonObject {
  if (caller === null) throw oauthError(104, 'An access token is required to request this resource.');
  const callerApp = appByToken(host, caller);
  if (!callerApp) {
    if (caller.includes('|')) throw badToken('Invalid OAuth access token signature.');
    const found = findToken(host, caller);
    requireLiving(found.token, host.worldNow(found.live.world));
  }
  const input = readText(params, 'input_token');
  if (input === undefined) throw missing('input_token');
  const inputApp = appByToken(host, input);
  if (inputApp)
    return { data: { app_id: inputApp.id, type: 'APP', application: inputApp.name, is_valid: true, scopes: [] } };
  return { data: describe(host, input) };
}

function describe(host: Host, input: string): JsonObject {
  const live = worldByMark(host.worlds, markInSecret(input));
  const token = live?.world.tokens.find((one) => one.value === input);
  if (!live || !token)
    return { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] };

  const nowMs = host.worldNow(live.world);
  const fault = tokenFault(token, nowMs);
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const granted = token.scopes.filter((scope) => live.world.grants[token.appId]?.[scope] === 'granted');
  return {
    app_id: token.appId,
    type: token.kind,
    application: host.apps.get(token.appId)?.name ?? 'Your app',
    data_access_expires_at: seconds(token.dataAccessExpiresMs),
    expires_at: token.expiresMs === 0 ? 0 : seconds(token.expiresMs),
    is_valid: fault === null,
    ...(fault ? { error: { code: 190, message: fault.message, subcode: fault.subcode } } : {}),
    issued_at: seconds(token.issuedMs),
    ...(token.kind === 'PAGE' ? { profile_id: token.subjectId } : {}),
    scopes: granted,
    granular_scopes: granted
      .filter((scope) => scope !== 'public_profile' && scope !== 'email')
      .map((scope) => ({ scope })),
    user_id: live.world.userId,
  };
}

/** Checks `appsecret_proof` where the app demands it, and wherever it is sent. */
export function checkProof(app: App, token: string, params: Params): void {
  const proof = readText(params, 'appsecret_proof');
  if (proof === undefined) {
    if (!app.requireProof) return;
    throw new GraphError({
      code: 100,
      type: 'GraphMethodException',
      message: 'API calls from the server require an appsecret_proof argument',
    });
  }
  if (app.secret === '') return;
  // The dated variant signs the token together with the second it was made in.
  const time = readText(params, 'appsecret_time');
  const signed = time === undefined ? token : `${token}|${time}`;
  const expected = createHmac('sha256', app.secret).update(signed).digest('hex');
  if (proof.toLowerCase() === expected) return;
  throw new GraphError({
    code: 100,
    type: 'GraphMethodException',
    message: 'Invalid appsecret_proof provided in the API argument',
  });
}
