import { ZodError } from 'zod';
import { AppError, type AppErrorCode } from '../domain/errors';
import type { Problem } from '../domain/views';
import { newReferenceId } from '../runtime/ids';
import { log } from '../runtime/log';
import { errorWords } from '../words/en/errors';

const STATUS: Partial<Record<AppErrorCode, number>> = {
  invalid_input: 400,
  not_signed_in: 401,
  not_permitted: 403,
  above_your_limit: 403,
  last_owner: 409,
  workspace_unclear: 409,
  invitation_invalid: 410,
  invitation_for_another: 403,
  facebook_denied: 403,
  simulated_only: 403,
  not_found: 404,
  conflict: 409,
  approval_hash_mismatch: 409,
  approval_not_waiting: 409,
  approval_drift: 409,
  undo_conflict: 409,
  above_month_limit: 409,
  below_promised: 409,
  guard_beyond_month: 409,
  approval_expired: 410,
  turn_running: 409,
  facebook_not_connected: 409,
  facebook_state_invalid: 400,
  undo_not_possible: 409,
  stopped: 409,
  connection_quarantined: 409,
  file_too_large: 413,
  file_not_a_photo: 415,
  file_too_small: 422,
  storage_full: 409,
  rate_limited: 429,
  model_limit_reached: 429,
  model_day_limit_reached: 429,
  model_unavailable: 503,
  platform_retry_later: 503,
};

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) {
    return new AppError(
      'invalid_input',
      { fields: error.issues.map((issue) => issue.path.join('.')) },
      { cause: error },
    );
  }
  return new AppError('internal', {}, { cause: error });
}

/** The one mapper of the HTTP surface: logs once under a reference id, leaks nothing. */
export function problemOf(error: unknown, requestId: string): Problem {
  const appError = toAppError(error);
  const status = STATUS[appError.code] ?? 500;
  const referenceId = newReferenceId();
  log[status >= 500 ? 'error' : 'info'](
    { referenceId, requestId, code: appError.code, err: appError },
    'request failed',
  );
  const words = errorWords[appError.code];
  const fields = Array.isArray(appError.details.fields) ? appError.details.fields.filter(Boolean) : [];
  const differences = Array.isArray(appError.details.differences) ? appError.details.differences : [];
  const shown = [...fields, ...differences];
  const detail = shown.length > 0 ? `${words.title} (${shown.join(', ')})` : words.title;
  return {
    type: 'about:blank',
    title: words.title,
    status,
    code: appError.code,
    detail,
    money: words.money,
    next: words.next,
    referenceId,
  };
}

export function problemResponse(error: unknown, requestId: string): Response {
  const problem = problemOf(error, requestId);
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': requestId },
  });
}
