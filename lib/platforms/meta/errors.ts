import * as z from 'zod';
import { AppError, type AppErrorCode } from '../../domain/errors';
import { regainAccessMs, type Usage } from './usage';

/** Why Meta (or the way to it) failed, in our words. The remedy is the AppError's code. */
export type MetaFailureReason =
  | 'throttled'
  | 'edited_too_soon'
  | 'too_many_budget_edits'
  | 'blocked_for_abuse'
  | 'transient'
  | 'too_much_data'
  | 'network'
  | 'timeout'
  | 'unreadable_answer'
  | 'cursor_lost'
  | 'token_expired'
  | 'token_invalid'
  | 'app_removed'
  | 'login_checkpoint'
  | 'password_changed'
  | 'page_role_lost'
  | 'permission_missing'
  | 'app_not_permitted'
  | 'app_secret_refused'
  | 'object_missing'
  | 'version_ended'
  | 'invalid';

/** What every AppError of this platform carries. Never a token, never a URL with a query. */
export type MetaFailureDetails = {
  platform: 'meta';
  reason: MetaFailureReason;
  /** Milliseconds worth waiting before the next try; null where waiting does not help. */
  retryAfterMs: number | null;
  method: string;
  /** Path below the version, without query. */
  path: string;
  status: number | null;
  metaCode: number | null;
  metaSubcode: number | null;
  /** Localised by Meta and safe to show to the owner. */
  userTitle: string | null;
  userMessage: string | null;
  traceId: string | null;
  /** Meta's developer text, redacted; for the log. */
  message: string;
  /** Fields Meta blames, e.g. ["daily_budget"]. */
  blamed: string[];
  /** Meta's notice that it serves another version than the one asked for. */
  versionWarning: string | null;
};

const graphErrorSchema = z.object({
  message: z.string().default(''),
  type: z.string().optional(),
  code: z.coerce.number().default(0),
  error_subcode: z.coerce.number().optional(),
  is_transient: z.boolean().optional(),
  error_user_title: z.string().optional(),
  error_user_msg: z.string().optional(),
  error_data: z.unknown().optional(),
  fbtrace_id: z.string().optional(),
});
export type GraphError = z.infer<typeof graphErrorSchema>;
const errorBodySchema = z.object({ error: graphErrorSchema });

/** The error object of an answer, or null where the answer holds none. */
export function graphErrorOf(body: unknown): GraphError | null {
  const parsed = errorBodySchema.safeParse(body);
  return parsed.success ? parsed.data.error : null;
}

type Verdict = { code: AppErrorCode; reason: MetaFailureReason; retryAfterMs: number | null };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const TOKEN_DEATH: Record<number, MetaFailureReason> = {
  458: 'app_removed',
  459: 'login_checkpoint',
  464: 'login_checkpoint',
  460: 'password_changed',
  463: 'token_expired',
  467: 'token_invalid',
  492: 'page_role_lost',
};
const HEAVY_SUBCODES = new Set([1487534, 1504018, 1504038, 1504045]);
const BUSINESS_USE_CASES = new Set([80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80009, 80014]);

const later = (reason: MetaFailureReason, retryAfterMs: number): Verdict => ({
  code: 'platform_retry_later',
  reason,
  retryAfterMs,
});
const ended = (code: AppErrorCode, reason: MetaFailureReason): Verdict => ({ code, reason, retryAfterMs: null });

/**
 * The remedy for an error object. Decided by code and subcode alone: throttling arrives as HTTP 400 or 403, so the status
 * says nothing. Whatever a write may have done before it failed is an unknown outcome.
 */
export function remedyFor(error: GraphError, request: { isWrite: boolean; usage: Usage }): Verdict {
  const limited = limitVerdict(error, request.usage);
  if (limited) return limited;
  const dead = tokenVerdict(error);
  if (dead) return dead;
  const refused = permissionVerdict(error);
  if (refused) return refused;
  const hiccup = transientVerdict(error, request.isWrite);
  if (hiccup) return hiccup;
  if (error.code === 100 && error.error_subcode === 33) return ended('platform_fix_input', 'object_missing');
  if (error.code === 803) return ended('platform_fix_input', 'object_missing');
  // A cursor Meta no longer knows: the list has to be read again from its start.
  if (error.code === 2642 || error.error_subcode === 2642) return later('cursor_lost', 5 * SECOND);
  if (error.code === 2635) return ended('platform_fix_input', 'version_ended');
  return ended('platform_fix_input', 'invalid');
}

function limitVerdict({ code, error_subcode: subcode }: GraphError, usage: Usage): Verdict | null {
  const wait = regainAccessMs(usage) ?? 5 * MINUTE;
  if (code === 613 && subcode === 4841018) return later('edited_too_soon', 30 * SECOND);
  if (code === 613 && subcode === 1487632) return later('too_many_budget_edits', HOUR);
  if (code === 17 && subcode === 1885172) return later('too_many_budget_edits', 24 * HOUR);
  if (code === 368) return later('blocked_for_abuse', 6 * HOUR);
  if (code === 4 || code === 17 || code === 32 || code === 341 || code === 613 || BUSINESS_USE_CASES.has(code))
    return later('throttled', wait);
  return null;
}

function tokenVerdict({ code, error_subcode: subcode, message }: GraphError): Verdict | null {
  if (code === 190) return ended('platform_reauthorise', TOKEN_DEATH[subcode ?? 0] ?? 'token_invalid');
  if (code === 102 || code === 104) return ended('platform_reauthorise', 'token_invalid');
  if (code === 2500 && /access token/i.test(message)) return ended('platform_reauthorise', 'token_invalid');
  return null;
}

function permissionVerdict({ code, message }: GraphError): Verdict | null {
  if (code === 100 && /appsecret_proof/i.test(message)) return ended('platform_not_permitted', 'app_secret_refused');
  if (code === 101 || (code === 1 && /client secret/i.test(message)))
    return ended('platform_not_permitted', 'app_secret_refused');
  if (code === 3 || code === 10) return ended('platform_not_permitted', 'app_not_permitted');
  if ((code >= 200 && code <= 299) || code === 5000) return ended('platform_not_permitted', 'permission_missing');
  return null;
}

function transientVerdict(error: GraphError, isWrite: boolean): Verdict | null {
  const { code, error_subcode: subcode } = error;
  const isTransient =
    error.is_transient === true || code === 1 || code === 2 || code === 300 || code === 900 || code === 960;
  const isHeavy = HEAVY_SUBCODES.has(subcode ?? 0) || (code === 1 && /reduce the amount of data/i.test(error.message));
  if (isHeavy && !isWrite) return ended('platform_fix_input', 'too_much_data');
  if (!isTransient) return null;
  return isWrite ? ended('platform_unknown_outcome', 'transient') : later('transient', 30 * SECOND);
}

/** Field names of error_data, which comes as an object or as JSON text. */
function blamedFields(data: unknown): string[] {
  let value = data;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      // A sentence instead of JSON: it blames nothing in particular.
      return [];
    }
  }
  const parsed = z.object({ blame_field_specs: z.array(z.array(z.string())) }).safeParse(value);
  return parsed.success ? parsed.data.blame_field_specs.flat() : [];
}

export type FailedRequest = { method: string; path: string; isWrite: boolean };

const BARE = {
  metaCode: null,
  metaSubcode: null,
  userTitle: null,
  userMessage: null,
  traceId: null,
  blamed: [],
  versionWarning: null,
};

/** An error object of Meta's as an AppError. `clean` removes every secret of the request from a text. */
export function metaRefusal(
  error: GraphError,
  request: FailedRequest & { status: number; usage: Usage; clean: (text: string) => string },
): AppError {
  const { code, reason, retryAfterMs } = remedyFor(error, request);
  const { clean } = request;
  const details: MetaFailureDetails = {
    platform: 'meta',
    reason,
    retryAfterMs,
    method: request.method,
    path: request.path,
    status: request.status,
    metaCode: error.code,
    metaSubcode: error.error_subcode ?? null,
    userTitle: error.error_user_title === undefined ? null : clean(error.error_user_title),
    userMessage: error.error_user_msg === undefined ? null : clean(error.error_user_msg),
    traceId: error.fbtrace_id ?? null,
    message: clean(error.message),
    blamed: blamedFields(error.error_data),
    versionWarning: request.usage.versionWarning,
  };
  return new AppError(code, details);
}

/**
 * A failure without an error object: no answer, or one that cannot be read. A read may be asked again; a write that may
 * have arrived is an unknown outcome.
 */
export function metaSilence(
  request: FailedRequest & { mayHaveArrived: boolean; status: number | null },
  failure: { reason: 'network' | 'timeout' | 'unreadable_answer'; message: string },
): AppError {
  const isUnknown = request.isWrite && request.mayHaveArrived;
  const details: MetaFailureDetails = {
    platform: 'meta',
    ...failure,
    retryAfterMs: isUnknown ? null : 30 * SECOND,
    method: request.method,
    path: request.path,
    status: request.status,
    ...BARE,
  };
  return new AppError(isUnknown ? 'platform_unknown_outcome' : 'platform_retry_later', details);
}

/** The details of an error of this platform, or null for any other error. */
export function metaFailure(error: unknown): MetaFailureDetails | null {
  if (!(error instanceof AppError) || error.details.platform !== 'meta' || typeof error.details.reason !== 'string')
    return null;
  return error.details as MetaFailureDetails;
}
