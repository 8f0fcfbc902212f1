import { route } from '@/lib/http/route';
import { listQuarantines } from '@/lib/services/quarantine/list';

/** Connections that are held still. */
export const GET = route({ name: 'quarantines' }, async ({ session }) => ({
  quarantines: await listQuarantines(session.ctx, { past: true }),
}));
