/**
 * Every failure the product knows by name. The owner's sentence is looked up by code in words/errors; details are for
 * the log and never hold a secret.
 */
export type AppErrorCode =
  | 'invalid_input'
  | 'not_signed_in'
  | 'not_found'
  | 'conflict'
  | 'rate_limited'
  | 'approval_hash_mismatch'
  | 'approval_expired'
  | 'approval_not_waiting'
  | 'approval_drift'
  | 'above_month_limit'
  | 'below_promised'
  | 'guard_beyond_month'
  | 'turn_running'
  | 'model_unavailable'
  | 'model_limit_reached'
  | 'model_day_limit_reached'
  | 'facebook_denied'
  | 'facebook_state_invalid'
  | 'facebook_not_connected'
  | 'platform_retry_later'
  | 'platform_reauthorise'
  | 'platform_fix_input'
  | 'platform_not_permitted'
  | 'platform_unknown_outcome'
  | 'simulated_only'
  | 'undo_not_possible'
  | 'undo_conflict'
  | 'file_too_large'
  | 'file_not_a_photo'
  | 'file_too_small'
  | 'storage_full'
  | 'stopped'
  | 'connection_quarantined'
  | 'not_permitted'
  | 'above_your_limit'
  | 'last_owner'
  | 'workspace_unclear'
  | 'invitation_invalid'
  | 'invitation_for_another'
  | 'internal';

export class AppError extends Error {
  constructor(
    readonly code: AppErrorCode,
    readonly details: Record<string, unknown> = {},
    options?: { cause?: unknown },
  ) {
    super(code, options);
    this.name = 'AppError';
  }
}
