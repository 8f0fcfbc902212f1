import * as z from 'zod';
import { route } from '@/lib/http/route';
import { listDrift } from '@/lib/services/drift/list';
import { keepTheirs, putOursBack } from '@/lib/services/mutations/settle-drift';

const query = z.object({ projectId: z.string().min(1).max(100).optional() });
const body = z.strictObject({
  findingIds: z.array(z.string().min(1).max(100)).min(1).max(200),
  decision: z.enum(['keep', 'restore']),
});

/** Silent changes at the platform that wait for a decision. */
export const GET = route({ name: 'drift', query }, async ({ session, query: { projectId } }) => ({
  drift: await listDrift(session.ctx, projectId ? { projectId } : {}),
}));

/** Keep what stands there, or put ours back through the gate. */
export const POST = route({ name: 'drift-decide', body }, async ({ session, body: { findingIds, decision } }) =>
  decision === 'keep'
    ? keepTheirs(session.ctx, { findingIds })
    : { results: await putOursBack(session.ctx, { findingIds }) },
);
