import { closeDatabase } from '../runtime/db';
import { log } from '../runtime/log';
import { sayApiVersion } from '../services/health/api-version';
import { startWorker } from './engine';

/** The worker process: one ready line, then work until SIGTERM or SIGINT. */
const worker = await startWorker();
log.info('worker ready');
void sayApiVersion().catch(() => undefined);

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'worker stopping');
  await worker.stop();
  await closeDatabase();
  process.exit(0);
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
