import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { AppError } from '../../domain/errors';
import { metaFailure } from './errors';

/** Worth asking again at once: a hiccup on the way. Not worth it: limits (another call only adds to them) and refusals. */
function isHiccup(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'platform_retry_later') return false;
  const reason = metaFailure(error)?.reason;
  // A timeout already cost the caller the whole deadline; the job that called knows better when to come back.
  return reason === 'transient' || reason === 'network' || reason === 'unreadable_answer';
}

/** Two more tries, with decorrelated jitter between 0.1 and 2 seconds. */
const policy = retry(handleWhen(isHiccup), {
  maxAttempts: 2,
  backoff: new ExponentialBackoff({ initialDelay: 150, maxDelay: 2_000 }),
});

/** Runs a read, again where that is likely to help. Never give a write to it. */
export function retryRead<T>(read: () => Promise<T>): Promise<T> {
  return policy.execute(read);
}
