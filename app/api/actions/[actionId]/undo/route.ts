import { route } from '@/lib/http/route';
import { undoAction } from '@/lib/services/mutations/undo';

export const POST = route({ name: 'action-undo' }, async ({ session, params }) =>
  undoAction(session.ctx, { actionId: params.actionId ?? '' }),
);
