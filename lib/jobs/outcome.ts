import * as z from 'zod';
import { AppError, type AppErrorCode } from '../domain/errors';

/** What becomes of a job whose handler threw. */
export type Remedy = { do: 'snooze'; seconds: number } | { do: 'retry' } | { do: 'give_up' };

/** Trying again cannot help: the owner, or we, must change something first. */
const HOPELESS: readonly AppErrorCode[] = [
  'invalid_input',
  'not_found',
  'platform_reauthorise',
  'platform_fix_input',
  'platform_not_permitted',
  'facebook_not_connected',
  'approval_hash_mismatch',
  'approval_expired',
  'approval_not_waiting',
  'simulated_only',
  'undo_not_possible',
  'not_permitted',
  'stopped',
  'connection_quarantined',
];
/** Seconds to wait where the platform named none. */
const DEFAULT_SNOOZE = 60;
/** A job that was put off this often has another trouble than a busy platform. */
const MAX_SNOOZES = 500;

/** The one place where failures are classed by remedy. `retryCount` and `snoozes` count what was already tried. */
export function remedyFor(error: unknown, retryCount: number, snoozes: number): Remedy {
  if (error instanceof AppError) {
    if (HOPELESS.includes(error.code)) return { do: 'give_up' };
    if (error.code === 'platform_retry_later' && snoozes < MAX_SNOOZES)
      return { do: 'snooze', seconds: snoozeSecondsOf(error) };
    return { do: 'retry' };
  }
  if (isOurBug(error) && retryCount >= 1) return { do: 'give_up' };
  return { do: 'retry' };
}

function snoozeSecondsOf(error: AppError): number {
  const { retryAfterSeconds, retryAfterMs } = error.details;
  const seconds =
    typeof retryAfterSeconds === 'number'
      ? retryAfterSeconds
      : typeof retryAfterMs === 'number'
        ? retryAfterMs / 1000
        : NaN;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_SNOOZE;
}

/** A wrong type or malformed data will be just as wrong next time; one retry covers a half-finished deployment of ours. */
function isOurBug(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof z.ZodError;
}
