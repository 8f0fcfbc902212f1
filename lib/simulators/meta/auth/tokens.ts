import { randomBytes } from 'node:crypto';
import type { Context } from '../graph/context';
import { badToken } from '../wire/errors';
import type { GraphObject, Token, World } from '../world/types';

const LETTERS = 'QWERTYUIOP';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A token of the dialog or of a code lives an hour and a half. */
export const SHORT_LIFE_MS = 5_108_000;
export const LONG_LIFE_MS = 60 * DAY_MS;
const DATA_ACCESS_MS = 90 * DAY_MS;

const ENDED: Record<number, string> = {
  458: 'Error validating access token: The user has not authorized application.',
  459: 'Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given.',
  460: 'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  464: 'Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.',
  467: 'Error validating access token: The session is invalid because the user logged out.',
  492: 'Error validating access token: Session does not match current stored session. This may be because the user changed the role on the Page.',
};

function secretText(prefix: string, mark: string, length: number): string {
  const marked = [...mark].map((digit) => LETTERS[Number(digit)]).join('');
  const random = randomBytes(length)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, 'Z');
  return `${prefix}${marked}${random}`.slice(0, length);
}

/** The mark of the world that issued a token or a login code. */
export function markInSecret(secret: string): string | null {
  const marked = /^(?:EAA|AQ)([QWERTYUIOP]{8})/.exec(secret)?.[1];
  return marked ? [...marked].map((letter) => LETTERS.indexOf(letter)).join('') : null;
}

export function newCodeText(mark: string): string {
  return secretText('AQ', mark, 120);
}

type TokenDraft = {
  appId: string;
  scopes: string[];
  nowMs: number;
  lifeMs: number;
  kind?: Token['kind'];
  subjectId?: string;
};

/** A new token of this world's person. A life of 0 never ends. */
export function issueToken(world: World, draft: TokenDraft): Token {
  const token: Token = {
    value: secretText('EAA', world.mark, 196),
    kind: draft.kind ?? 'USER',
    appId: draft.appId,
    subjectId: draft.subjectId ?? world.userId,
    issuedMs: draft.nowMs,
    expiresMs: draft.lifeMs === 0 ? 0 : draft.nowMs + draft.lifeMs,
    dataAccessExpiresMs: draft.nowMs + DATA_ACCESS_MS,
    scopes: draft.scopes,
  };
  world.tokens.push(token);
  return token;
}

/** The token of a Page, made once per app: it lives as long as the person's grant. */
export function pageToken(context: Context, page: GraphObject): string {
  const { world, token, nowMs } = context;
  const known = world.tokens.find(
    (one) =>
      one.kind === 'PAGE' && one.subjectId === page.id && one.appId === token.appId && one.endedWith === undefined,
  );
  if (known) return known.value;
  context.applied.isDirty = true;
  return issueToken(world, {
    appId: token.appId,
    scopes: token.scopes,
    nowMs,
    lifeMs: 0,
    kind: 'PAGE',
    subjectId: page.id,
  }).value;
}

function writtenTime(ms: number): string {
  const date = new Date(ms - 8 * HOUR_MS);
  const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${days[date.getUTCDay()]}, ${day}-${months[date.getUTCMonth()]}-${String(date.getUTCFullYear()).slice(2)} ${date.toISOString().slice(11, 19)} PST`;
}

/** Why a token no longer works, as the API says it; null while it lives. */
export function tokenFault(token: Token, nowMs: number): { message: string; subcode: number } | null {
  if (token.endedWith !== undefined) {
    if (token.endedWith === 463) return { subcode: 463, message: expiredMessage(token.issuedMs, nowMs) };
    return {
      subcode: token.endedWith,
      message: ENDED[token.endedWith] ?? 'Error validating access token: The session is invalid.',
    };
  }
  if (token.expiresMs !== 0 && nowMs >= token.expiresMs)
    return { subcode: 463, message: expiredMessage(token.expiresMs, nowMs) };
  return null;
}

function expiredMessage(expiredMs: number, nowMs: number): string {
  return `Error validating access token: Session has expired on ${writtenTime(expiredMs)}. The current time is ${writtenTime(nowMs)}.`;
}

export function requireLiving(token: Token, nowMs: number): void {
  const fault = tokenFault(token, nowMs);
  if (fault) throw badToken(fault.message, fault.subcode);
}
