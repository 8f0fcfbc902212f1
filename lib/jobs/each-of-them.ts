import { log } from '../runtime/log';

type Part = readonly [name: string, work: () => Promise<unknown>];

/**
 * Runs every part whatever becomes of the others, and throws at the end if any failed, so that the job counts as failed
 * and is tried again. Stops early when aborted.
 */
export async function eachOfThem(what: string, signal: AbortSignal, parts: readonly Part[]): Promise<void> {
  const failures: unknown[] = [];
  for (const [name, work] of parts) {
    if (signal.aborted) break;
    try {
      await work();
    } catch (error) {
      log.error({ err: error, what, part: name }, 'one part failed, the others go on');
      failures.push(new Error(`${what}: ${name}`, { cause: error }));
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${what}: ${failures.length} parts failed`);
}
