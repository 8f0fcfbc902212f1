import { route } from '@/lib/http/route';
import { stopTurn } from '@/lib/services/turns/progress';

export const POST = route({ name: 'turn-stop' }, async ({ session, params }) => {
  await stopTurn(session.ctx, { turnId: params.turnId ?? '' });
  return { stopping: true };
});
