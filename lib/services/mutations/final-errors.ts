import type { AppError, AppErrorCode } from '../../domain/errors';

/** Rejections a later try cannot change. */
const FINAL: readonly AppErrorCode[] = [
  'platform_fix_input',
  'platform_not_permitted',
  'platform_reauthorise',
  'facebook_not_connected',
  'approval_hash_mismatch',
  'approval_not_waiting',
  'not_permitted',
  'stopped',
  'connection_quarantined',
  'invalid_input',
  'not_found',
  'internal',
];

export function isFinal(error: AppError): boolean {
  return FINAL.includes(error.code);
}
