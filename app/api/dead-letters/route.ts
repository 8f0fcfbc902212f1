import { route } from '@/lib/http/route';
import { listDeadLetters } from '@/lib/services/dead-letters/list';

/** Background work that gave up. */
export const GET = route({ name: 'dead-letters' }, async ({ session }) => ({
  deadLetters: await listDeadLetters(session.ctx),
}));
