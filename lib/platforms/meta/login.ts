import type * as z from 'zod';
import { AppError } from '../../domain/errors';
import type { LoginAccess } from '../port';
import { readBatch } from './batch';
import { metaFailure } from './errors';
import { type ConnectionMode, type MetaHost, metaHost } from './host';
import { debugTokenSchema, permissionsSchema, personSchema, tokenSchema } from './schemas';
import { MetaApi, metaApi } from './transport';
import { sendGraph } from './wire';

/** The app this connection logs in with. @throws AppError facebook_not_connected where a live app is not configured. */
function app(mode: ConnectionMode): MetaHost & { appId: string; appSecret: string } {
  const host = metaHost(mode);
  if (!host.appId || !host.appSecret) throw new AppError('facebook_not_connected', { reason: 'no_app_configured' });
  return { ...host, appId: host.appId, appSecret: host.appSecret };
}

/**
 * Address of Meta's login dialog. `rerequest` asks again for permissions the owner declined before.
 * The redirect address must be the same, byte for byte, in the exchange.
 */
export function dialogUrl(input: {
  mode: ConnectionMode;
  state: string;
  redirectUri: string;
  scopes: readonly string[];
  rerequest?: boolean;
}): string {
  const { dialogUrl: dialog, version, appId } = app(input.mode);
  const query = new URLSearchParams({
    client_id: appId,
    redirect_uri: input.redirectUri,
    state: input.state,
    response_type: 'code',
    scope: input.scopes.join(','),
    ...(input.rerequest ? { auth_type: 'rerequest' } : {}),
  });
  return `${dialog}/${version}/dialog/oauth?${query}`;
}

export type LoginToken = { token: string /** Null: does not expire, or Meta did not say. */; expiresAt: Date | null };

function loginToken(body: z.infer<typeof tokenSchema>, now: Date): LoginToken {
  return {
    token: body.access_token,
    expiresAt: body.expires_in ? new Date(now.getTime() + body.expires_in * 1_000) : null,
  };
}

/** The dialog's code for a token of an hour or two. A code works once. */
export async function exchangeCode(input: {
  mode: ConnectionMode;
  code: string;
  redirectUri: string;
  now?: Date;
}): Promise<LoginToken> {
  const { appId, appSecret, ...host } = app(input.mode);
  const body = await ask(
    { ...host, appId, appSecret },
    { client_id: appId, client_secret: appSecret, redirect_uri: input.redirectUri, code: input.code },
  );
  return loginToken(body, input.now ?? new Date());
}

/** A short-lived token for one of about 60 days. An expired token cannot be exchanged. */
export async function longLivedToken(input: { mode: ConnectionMode; token: string; now?: Date }): Promise<LoginToken> {
  const { appId, appSecret, ...host } = app(input.mode);
  const body = await ask(
    { ...host, appId, appSecret },
    { grant_type: 'fb_exchange_token', client_id: appId, client_secret: appSecret, fb_exchange_token: input.token },
  );
  return loginToken(body, input.now ?? new Date());
}

/** Subcodes of a login code that was used, has expired, or came with another redirect address. */
const CODE_PROBLEMS = new Set([36007, 36008, 36009]);

/**
 * Sent as POST, so that neither secret nor token stands in an address.
 * @throws AppError facebook_state_invalid when the owner has to start the login again.
 */
async function ask(host: MetaHost, params: Record<string, string>): Promise<z.infer<typeof tokenSchema>> {
  const body = await sendGraph(host, null, {
    method: 'POST',
    path: ['oauth', 'access_token'],
    params,
    isRead: true,
  }).catch((error: unknown) => {
    const failure = metaFailure(error);
    const isStale =
      failure !== null &&
      (CODE_PROBLEMS.has(failure.metaSubcode ?? 0) || (failure.metaCode === 100 && /code/i.test(failure.message)));
    throw isStale ? new AppError('facebook_state_invalid', failure) : error;
  });
  const parsed = tokenSchema.safeParse(body);
  if (!parsed.success) throw new AppError('platform_retry_later', { platform: 'meta', reason: 'unreadable_answer' });
  return parsed.data;
}

export type TokenFacts = {
  isValid: boolean;
  userId: string | null;
  appId: string | null;
  /** Null: never. */
  expiresAt: Date | null;
  /** When Meta stops answering for data although the token lives (90 days after the last login). */
  dataAccessExpiresAt: Date | null;
  scopes: string[];
  /** Why it is not valid, e.g. 463 expired. */
  subcode: number | null;
};

/** What Meta says about a token (debug_token). Asked with the app's own token. */
export async function inspectToken(input: { mode: ConnectionMode; token: string }): Promise<TokenFacts> {
  const host = app(input.mode);
  const api = new MetaApi(`${host.appId}|${host.appSecret}`, host);
  // Inside a batch the inspected token travels in the body; as a plain GET it would stand in the address.
  const [answer] = await readBatch(
    api,
    [{ path: ['debug_token'], params: { input_token: input.token } }],
    debugTokenSchema,
  );
  if (!answer?.ok)
    throw answer?.error ?? new AppError('platform_retry_later', { platform: 'meta', reason: 'unreadable_answer' });
  const { data } = answer.body;
  const instant = (seconds: number | undefined) => (seconds ? new Date(seconds * 1_000) : null);
  return {
    isValid: data.is_valid,
    userId: data.user_id ?? null,
    appId: data.app_id ?? null,
    expiresAt: instant(data.expires_at),
    dataAccessExpiresAt: instant(data.data_access_expires_at),
    scopes: data.scopes ?? [],
    subcode: data.error?.subcode ?? null,
  };
}

/** Who logged in. The e-mail may be absent even when it was granted. */
export async function me(access: LoginAccess): Promise<{ id: string; name: string; email: string | null }> {
  const person = await metaApi(access).get(['me'], { fields: 'id,name,email' }, personSchema);
  return { id: person.id, name: person.name ?? '', email: person.email ?? null };
}

/** Permissions one by one: the owner may decline any of them in the dialog. Expired ones count as declined. */
export async function grantedPermissions(access: LoginAccess): Promise<{ granted: string[]; declined: string[] }> {
  const { data } = await metaApi(access).get(['me', 'permissions'], { limit: 100 }, permissionsSchema);
  return {
    granted: data.filter((row) => row.status === 'granted').map((row) => row.permission),
    declined: data.filter((row) => row.status !== 'granted').map((row) => row.permission),
  };
}
