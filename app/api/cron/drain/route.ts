import { cronRoute } from '@/lib/http/cron';
import { drain } from '@/lib/jobs/engine';

export const maxDuration = 300;
export const dynamic = 'force-dynamic';

const BUDGET_MS = 240_000;

/** Works off what waits, for hosts without a worker process. */
export const GET = cronRoute(async () => drain(BUDGET_MS));
