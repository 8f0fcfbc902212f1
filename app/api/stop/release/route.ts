import * as z from 'zod';
import { route } from '@/lib/http/route';
import { releaseStop } from '@/lib/services/stops/release';

const body = z.strictObject({ stopId: z.string().min(1).max(100) });

/** Lifts the stop and switches nothing on. Answers the stop that is still in force, if there is one. */
export const POST = route({ name: 'stop-release', body }, async ({ session, body: { stopId } }) =>
  releaseStop(session.ctx, { stopId }),
);
