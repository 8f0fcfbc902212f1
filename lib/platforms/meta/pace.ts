import { AppError } from '../../domain/errors';
import type { MetaFailureDetails } from './errors';

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
  const details: MetaFailureDetails = {
    platform: 'meta', reason: 'throttled', retryAfterMs: until - nowMs, ...request, status: null, metaCode: null, metaSubcode: null, userTitle: null,
    userMessage: null, traceId: null, message: 'not sent: this account is held back', blamed: [],
  };
  throw new AppError('platform_retry_later', details);
}
