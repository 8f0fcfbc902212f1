import { appByToken, appOf, checkProof, findToken } from '../auth/exchange';
import { requireLiving } from '../auth/tokens';
import { catchUp } from '../delivery/catch-up';
import { badToken, GraphError } from '../wire/errors';
import type { Context, GraphCall, Host } from './context';

function noUser() {
  return new GraphError({
    code: 2500,
    message: 'An active access token must be used to query information about the current user.',
  });
}

/** Finds who calls: token, app, proof, world; brings the world up to its present. */
export function openContext(host: Host, call: GraphCall): Context {
  const first = call.path[0] ?? '';
  if (call.token === null || call.token === '') {
    if (first === 'me' || first === '') throw noUser();
    throw new GraphError({ code: 104, message: 'An access token is required to request this resource.' });
  }
  if (appByToken(host, call.token)) throw noUser();
  const { live, token } = findToken(host, call.token);
  const nowMs = host.worldNow(live.world);
  requireLiving(token, nowMs);
  const app = appOf(host, token.appId);
  if (!app) throw badToken();
  checkProof(app, call.token, call.params);
  catchUp(live, nowMs);
  return {
    host,
    live,
    world: live.world,
    token,
    nowMs,
    call,
    params: call.params,
    applied: { isDirty: false },
  };
}

/** Refuses a batch as a whole when the token that speaks for all of it is no good. */
export function requireBatchToken(host: Host, token: string | null): void {
  if (token === null || token === '' || appByToken(host, token)) return;
  const { live, token: found } = findToken(host, token);
  requireLiving(found, host.worldNow(live.world));
}
