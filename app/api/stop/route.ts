import * as z from 'zod';
import { route } from '@/lib/http/route';
import { stopNow } from '@/lib/services/mutations/stop-now';
import { readStop } from '@/lib/services/stops/read';

const body = z.strictObject({ projectId: z.string().min(1).max(100).optional() });
const query = z.object({ projectId: z.string().min(1).max(100).optional() });

/** The emergency stop: everything of the workspace, or of one project. Answers how far it is after a few seconds. */
export const POST = route({ name: 'stop', body, limitPerMinute: 30 }, async ({ session, body: { projectId } }) =>
  stopNow(session.ctx, { scope: projectId ? { kind: 'project', projectId } : { kind: 'workspace' } }),
);

/** The stop in force, or one that says that there is none. */
export const GET = route({ name: 'stop-state', query }, async ({ session, query: { projectId } }) =>
  readStop(session.ctx, projectId ? { projectId } : {}),
);
