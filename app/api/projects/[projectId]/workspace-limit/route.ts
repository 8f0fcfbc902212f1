import * as z from 'zod';
import { route } from '@/lib/http/route';
import { setWorkspaceLimit } from '@/lib/services/policy/set-workspace-limit';

const currency = z.string().regex(/^[A-Z]{3}$/);
const body = z.strictObject({
  currency,
  amount: z.strictObject({ minor: z.string().regex(/^\d{1,15}$/), currency }).nullable(),
});

/** The most all businesses of the workspace may cost a month together: lower holds at once, higher answers a card. */
export const POST = route({ name: 'workspace-limit', body }, async ({ session, params, body: asked }) => ({
  result: await setWorkspaceLimit(session.ctx, { projectId: params.projectId ?? '', ...asked }),
}));
