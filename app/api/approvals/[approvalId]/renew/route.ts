import { route } from '@/lib/http/route';
import { renewApproval } from '@/lib/services/approvals/renew';

/** A fresh card for one that expired: the same thing, letter by letter. It still has to be pressed. */
export const POST = route({ name: 'approval-renew' }, async ({ session, params }) => ({
  approval: await renewApproval(session.ctx, { approvalId: params.approvalId ?? '' }),
}));
