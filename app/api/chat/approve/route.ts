import * as z from 'zod';
import { route } from '@/lib/http/route';
import { decideApproval } from '@/lib/services/approvals/decide';

const body = z.strictObject({
  approvalId: z.string().min(1),
  hash: z.string().length(64),
  decision: z.enum(['approve', 'decline', 'request_changes']),
});

export const POST = route({ name: 'approve', body }, async ({ session, body: press }) => ({
  approval: await decideApproval(session.ctx, press),
}));
