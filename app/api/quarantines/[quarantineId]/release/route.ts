import { route } from '@/lib/http/route';
import { releaseQuarantine } from '@/lib/services/quarantine/open';

export const POST = route({ name: 'quarantine-release' }, async ({ session, params }) => {
  await releaseQuarantine(session.ctx, { quarantineId: params.quarantineId ?? '' });
  return { released: true };
});
