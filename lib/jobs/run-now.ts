import { type Clock, systemClock } from '../runtime/clock';
import type { ServiceContext } from '../services/context';
import type { JobOutcome } from './define-job';
import { jobCalled } from './known-jobs';

type Options = { signal?: AbortSignal; clock?: Clock };

/**
 * Runs a kind of work here and now, without the queue: for handlers that already hold the account, and for tests. The
 * caller must hold whatever the queue would have guarded (nothing else of the same account may run).
 */
export async function runJobNow(
  kind: string,
  ctx: ServiceContext,
  data: Record<string, unknown>,
  options: Options = {},
): Promise<JobOutcome> {
  const signal = options.signal ?? new AbortController().signal;
  return jobCalled(kind).perform({ ctx, data, signal, clock: options.clock ?? systemClock });
}
