import { env } from '../runtime/env';
import { log } from '../runtime/log';
import { processWide } from '../runtime/process-wide';
import { drain, type RunningWorker, startWorker } from './engine';

export { plugJobEngine } from './send';

const held = processWide<{ worker?: Promise<RunningWorker> }>('worker', () => ({}));

/**
 * Works inside the web process where no worker of its own runs beside it. Not on hosts whose functions are short-lived
 * (they drain), and once per process however often the module is loaded.
 */
export async function startEmbeddedWorker(): Promise<void> {
  if (env().WORKER === 'off' || env().VERCEL) return;
  held.worker ??= startWorker();
  await held.worker;
  log.info('worker ready inside the web process');
}

/** Works off what waits for at most `budgetMs` on hosts whose functions are short-lived; elsewhere a worker does it. */
export async function drainWithoutWorker(budgetMs: number): Promise<void> {
  if (env().VERCEL) await drain(budgetMs);
}
