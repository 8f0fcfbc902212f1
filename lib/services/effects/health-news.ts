import { AppError } from '../../domain/errors';

const HICCUPS: readonly unknown[] = ['transient', 'network', 'timeout', 'unreadable_answer'];

/** What a failed call says about the way to the platform; null where it says nothing (a limit, our own mistake). */
export function newsOfError(error: unknown): 'answered' | 'failed' | 'blocked' | null {
  if (!(error instanceof AppError)) return null;
  const { reason } = error.details;
  if (reason === 'circuit_open') return null;
  if (reason === 'blocked_for_abuse') return 'blocked';
  if (error.code === 'platform_unknown_outcome') return 'failed';
  if (error.code === 'platform_retry_later') return HICCUPS.includes(reason) ? 'failed' : null;
  const answers = ['platform_reauthorise', 'platform_not_permitted', 'platform_fix_input'];
  return answers.includes(error.code) && error.details.platform !== undefined ? 'answered' : null;
}
