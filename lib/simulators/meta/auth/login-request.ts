import type { WorldHost } from '../world/host';
import { appOf } from './exchange';
import { ALL_SCOPES, readScopes } from './permissions';

type Fields = Record<string, string>;

/** What an app asks for when it sends somebody to the login dialog. */
export type LoginRequest = {
  appId: string;
  appName: string;
  redirectUri: string;
  state: string;
  scopes: string[];
  authType: string;
  returnsScopes: boolean;
  wantsCode: boolean;
  wantsToken: boolean;
  /** The same, as hidden fields of the page. */
  fields: Fields;
};

const RESPONSE_TYPES = ['code', 'token', 'code token', 'token code', 'granted_scopes'];

function isRedirectable(uri: string, allowed: readonly string[] | undefined): boolean {
  if (!URL.canParse(uri) || !/^https?:$/.test(new URL(uri).protocol)) return false;
  return allowed === undefined || allowed.includes(uri);
}

/** Reads the dialog's parameters; a sentence for the person when they are no good. */
export function readLogin(host: WorldHost, _version: string, fields: Fields): LoginRequest | string {
  const app = appOf(host, fields.client_id ?? '');
  if (!app) return 'The app id in this address is not valid.';
  const redirectUri = fields.redirect_uri ?? '';
  if (!isRedirectable(redirectUri, app.redirectUris)) return 'The address to return to is missing or not allowed.';
  // A configuration of "Login for Business" stands in for the list of permissions.
  const asked = fields.config_id ? ALL_SCOPES.join(',') : (fields.scope ?? 'public_profile');
  const { known, unknown } = readScopes(asked);
  if (unknown.length > 0) return `Invalid Scopes: ${unknown.join(', ')}. This message is only shown to developers.`;
  const types = (fields.response_type || 'code').replace(/[+,]/g, ' ').trim();
  if (!types.split(' ').every((type) => RESPONSE_TYPES.includes(type)))
    return 'The parameter response_type is not valid.';
  const wanted = types.split(' ');
  return {
    appId: app.id,
    appName: app.name,
    redirectUri,
    state: fields.state ?? '',
    scopes: known,
    authType: fields.auth_type ?? '',
    returnsScopes: fields.return_scopes === 'true' || wanted.includes('granted_scopes'),
    wantsCode: wanted.includes('code') || !wanted.includes('token'),
    wantsToken: wanted.includes('token'),
    fields: {
      client_id: app.id,
      redirect_uri: redirectUri,
      state: fields.state ?? '',
      scope: known.join(','),
      auth_type: fields.auth_type ?? '',
      return_scopes: fields.return_scopes ?? 'false',
      response_type: types,
    },
  };
}

/** Codes come back in the query; tokens in the fragment, where servers never see them. */
export function redirectQuery(request: LoginRequest, answer: Fields): string {
  const target = new URL(request.redirectUri);
  if (request.wantsToken && answer.access_token !== undefined)
    return `${target.toString()}#${new URLSearchParams(answer)}`;
  for (const [key, value] of Object.entries(answer)) target.searchParams.set(key, value);
  return `${target.toString()}${answer.code === undefined ? '' : '#_=_'}`;
}
