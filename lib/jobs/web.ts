import { env } from '../runtime/env';
import { log } from '../runtime/log';
import { drain, type RunningWorker, startWorker } from './engine';

export { plugJobEngine } from './send';

const holder = globalThis as typeof globalThis & { aigencyWorker?: Promise<RunningWorker> };

/**
 * Works inside the web process where no worker of its own runs beside it. Not on hosts whose functions are short-lived
 * (they drain), and once per process however often the module is loaded.
 */
export async function startEmbeddedWorker(): Promise<void> {
  if (env().WORKER === 'off' || env().VERCEL) return;
  holder.aigencyWorker ??= startWorker();
  await holder.aigencyWorker;
  log.info('worker ready inside the web process');
}

/** Works off what waits for at most `budgetMs` on hosts whose functions are short-lived; elsewhere a worker does it. */
export async function drainWithoutWorker(budgetMs: number): Promise<void> {
  if (env().VERCEL) await drain(budgetMs);
}
