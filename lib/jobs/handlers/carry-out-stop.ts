import * as z from 'zod';
import { carryOutStop } from '../../services/mutations/carry-out-stop';
import { defineJob } from '../define-job';

/** Longest real milliseconds of one run, well below the lane's limit. */
const RUN_MS = 60_000;

/** Goes on with an account's share of a stop until the platform shows every campaign paused, however long that takes. */
export const carryOutStopJob = defineJob({
  kind: 'carry-out-stop',
  queue: 'stop',
  priority: 200,
  schema: z.object({ stopId: z.string(), accountId: z.string() }),
  async run({ ctx, data, signal, clock }) {
    const { nextInSeconds } = await carryOutStop(ctx, { ...data, withinMs: RUN_MS, signal, clock });
    if (nextInSeconds !== null) return { snoozeSeconds: Math.max(1, Math.ceil(nextInSeconds)) };
  },
});
