import * as z from 'zod';
import { route } from '@/lib/http/route';
import { advanceClock } from '@/lib/services/clock/advance';
import { clockState } from '@/lib/services/clock/state';

const body = z.strictObject({ advance: z.enum(['4h', '1d', '1w']) });

export const POST = route(
  { name: 'clock-advance', body, limitPerMinute: 30 },
  async ({ session, params, body: { advance } }) => {
    await advanceClock(session.ctx, { projectId: params.projectId ?? '', by: advance });
    return Response.json(await clockState(session.ctx, { projectId: params.projectId ?? '' }), { status: 202 });
  },
);

export const GET = route({ name: 'clock-read' }, async ({ session, params }) =>
  clockState(session.ctx, { projectId: params.projectId ?? '' }),
);
