import * as z from 'zod';
import { route } from '@/lib/http/route';
import { releaseStop } from '@/lib/services/mutations/release-stop';

const body = z.strictObject({ stopId: z.string().min(1).max(100) });

/** Lifts a stop. Nothing runs by that alone: each paused campaign comes back as a card. */
export const POST = route({ name: 'stop-release', body }, async ({ session, body: { stopId } }) =>
  releaseStop(session.ctx, { stopId }),
);
