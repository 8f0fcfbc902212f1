import * as z from 'zod';
import { route } from '@/lib/http/route';
import { releaseStop } from '@/lib/services/mutations/release-stop';
import { readStop } from '@/lib/services/stops/read';

const body = z.strictObject({ stopId: z.string().min(1).max(100) });

/** Lifts a stop. Nothing runs by that alone: each paused campaign comes back as a card. Answers what is still in force. */
export const POST = route({ name: 'stop-release', body }, async ({ session, body: { stopId } }) => {
  const { cards } = await releaseStop(session.ctx, { stopId });
  return { ...(await readStop(session.ctx)), cards };
});
