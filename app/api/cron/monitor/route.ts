import { after } from 'next/server';
import { cronRoute } from '@/lib/http/cron';
import { startMinute } from '@/lib/jobs/engine';
import { drainWithoutWorker } from '@/lib/jobs/web';

export const maxDuration = 300;
export const dynamic = 'force-dynamic';

const BUDGET_MS = 240_000;

/** Starts what is due as jobs and answers at once; where no worker process runs, this function works them off afterwards. */
export const GET = cronRoute(async () => {
  await startMinute();
  after(() => drainWithoutWorker(BUDGET_MS));
  return { started: true };
});
