import { AppError } from '../../domain/errors';
import { readSignedRequest } from '../../platforms/meta/signed-request';
import { sameSecret, sign } from '../../runtime/crypto';
import { env, hasLiveFacebookApp } from '../../runtime/env';
import { type PersonRequest, revokePerson } from './revoke-person';
import type { ConnectionMode } from './start-login';

/**
 * What a simulator's callback address must carry (`?pretend=…`): the simulator's own app secret is known to everybody, so
 * its signature alone proves nothing.
 */
export function pretendKey(): string {
  return sign('pretend-facebook-callback', 'v1');
}

/**
 * A deauthorise or data-deletion callback: checked, carried out once, answered with what Meta wants to hear.
 * @throws AppError not_permitted for anything that Meta (or, with the key, the simulator) did not sign
 */
export async function receiveSignedRequest(input: {
  kind: PersonRequest['kind'];
  signedRequest: string;
  pretend: string | null;
  requestId: string;
}): Promise<{ code: string; url: string }> {
  const mode = modeOf(input.pretend);
  const { userId, signed } = readSignedRequest(mode, input.signedRequest, new Date());
  const { code } = await revokePerson({
    kind: input.kind,
    mode,
    fbUserId: userId,
    signed,
    requestId: input.requestId,
  });
  const url = new URL('/data-deletion', env().APP_URL);
  url.searchParams.set('code', code);
  return { code, url: url.toString() };
}

function modeOf(pretend: string | null): ConnectionMode {
  if (pretend === null) {
    if (!hasLiveFacebookApp()) throw new AppError('not_permitted', { reason: 'no_app_configured' });
    return 'LIVE';
  }
  if (!sameSecret(pretend, pretendKey()) || !env().SIMULATOR_URL)
    throw new AppError('not_permitted', { reason: 'pretend_key' });
  return 'SIMULATED';
}
