import { AppError } from '../../domain/errors';
import { heldBack, isNews, notePace } from '../pace';
import type { PaceKey, PaceStanding, Urgency } from '../port';
import type { MetaFailureDetails } from './errors';
import { regainAccessMs, type Usage } from './usage';

/** Real milliseconds after which a share of a limit is no longer believed where Meta names no time. */
const USAGE_FADES_MS = 5 * 60_000;
/** Meta's codes that mean the whole app, not one account: its request limit, its temporary limit. */
const APP_WIDE = new Set([4, 341]);

/** @throws AppError platform_retry_later while a call of this urgency is held back: asking anyway only adds to the score. */
export function assertMayCall(
  standing: PaceStanding,
  urgency: Urgency,
  request: { method: string; path: string },
): void {
  const held = heldBack(standing, urgency);
  if (!held) return;
  const details: MetaFailureDetails = {
    platform: 'meta',
    reason: 'throttled',
    retryAfterMs: held.forMs,
    ...request,
    status: null,
    metaCode: null,
    metaSubcode: null,
    userTitle: null,
    userMessage: null,
    traceId: null,
    message: `not sent: ${held.because}`,
    blamed: [],
    versionWarning: null,
  };
  throw new AppError('platform_retry_later', details);
}

/** Remembers how full the limits of this account, and of its app, were after a call. */
export async function noteUsage(key: PaceKey, known: PaceStanding | null, usage: Usage): Promise<void> {
  const fadesInMs = regainAccessMs(usage) ?? USAGE_FADES_MS;
  const own = Math.max(
    0,
    usage.accountPercent ?? 0,
    usage.insightsPercent ?? 0,
    ...usage.businessUseCases.map((use) => use.percent),
  );
  const { tier, appPercent } = usage;
  if (key.accountId !== null && (known === null || isNews(known, own)))
    await notePace(key, { kind: 'usage', percent: own, fadesInMs, tier });
  // An app's limit is an hour's; it is only worth a row when it fills.
  if (appPercent !== null && appPercent >= 50 && (known === null || isNews(known, appPercent)))
    await notePace({ ...key, accountId: null }, { kind: 'usage', percent: appPercent, fadesInMs, tier });
}

/** Remembers that Meta refused: the account it spoke of, or the whole app, is left alone by all but stops. */
export async function noteRefusal(key: PaceKey, failure: MetaFailureDetails): Promise<void> {
  if (failure.reason !== 'throttled' && failure.reason !== 'blocked_for_abuse') return;
  if (failure.retryAfterMs === null || failure.metaCode === null) return;
  const isAppWide = APP_WIDE.has(failure.metaCode);
  if (!isAppWide && key.accountId === null) return;
  await notePace(isAppWide ? { ...key, accountId: null } : key, {
    kind: 'held',
    forMs: failure.retryAfterMs,
    because: failure.reason,
  });
}
