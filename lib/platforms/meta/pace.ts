import { AppError } from '../../domain/errors';
import type { MetaFailureDetails } from './errors';
import { highestPercent, regainAccessMs, type Usage } from './usage';

/**
 * Accounts Meta told us to leave alone, per app and account, in this process. Calls made while throttled only add to the
 * score, so reads wait; writes are never held back here: stopping an ad must always be tried.
 */
const heldUntilMs = new Map<string, number>();
const MOST_HELD = 10_000;

export type PaceKey = { mode: string; appId: string | null; accountId: string | null };

function keyOf({ mode, appId, accountId }: PaceKey): string | null {
  return accountId === null ? null : `${mode} ${appId ?? ''} ${accountId}`;
}

/** Remembers that Meta refused this account for a while. */
export function holdReads(account: PaceKey, retryAfterMs: number, nowMs: number): void {
  const key = keyOf(account);
  if (key === null) return;
  if (heldUntilMs.size >= MOST_HELD) heldUntilMs.clear();
  heldUntilMs.set(key, nowMs + retryAfterMs);
}

/** @throws AppError platform_retry_later while Meta's answer to this account is known to be no. */
export function assertMayRead(account: PaceKey, request: { method: string; path: string }, nowMs: number): void {
  const key = keyOf(account);
  const until = key === null ? undefined : heldUntilMs.get(key);
  if (key === null || until === undefined) return;
  if (until <= nowMs) {
    heldUntilMs.delete(key);
    return;
  }
  throw held(request, until - nowMs, 'not sent: this account is held back');
}

function held(request: { method: string; path: string }, retryAfterMs: number, message: string): AppError {
  const details: MetaFailureDetails = {
    platform: 'meta',
    reason: 'throttled',
    retryAfterMs,
    ...request,
    status: null,
    metaCode: null,
    metaSubcode: null,
    userTitle: null,
    userMessage: null,
    traceId: null,
    message,
    blamed: [],
    versionWarning: null,
  };
  return new AppError('platform_retry_later', details);
}

/** Beyond this share of a limit only what is urgent is asked. */
const NEARLY_FULL_PERCENT = 90;
const USAGE_FADES_MS = 5 * 60_000;
const lastUsage = new Map<string, { percent: number; untilMs: number }>();

/** Remembers how full this account's limits were after a call. */
export function noteUsage(account: PaceKey, usage: Usage, nowMs: number): void {
  const key = keyOf(account);
  if (key === null) return;
  if (lastUsage.size >= MOST_HELD) lastUsage.clear();
  lastUsage.set(key, { percent: highestPercent(usage), untilMs: nowMs + (regainAccessMs(usage) ?? USAGE_FADES_MS) });
}

/** For questions that can wait (numbers, previews): @throws AppError platform_retry_later while the account's limits are nearly full. */
export function assertRoomFor(account: PaceKey, path: string, nowMs: number): void {
  const usage = lastUsage.get(keyOf(account) ?? '');
  if (!usage || usage.percent < NEARLY_FULL_PERCENT || usage.untilMs <= nowMs) return;
  throw held({ method: 'GET', path }, usage.untilMs - nowMs, `not sent: limits are at ${Math.round(usage.percent)} %`);
}
