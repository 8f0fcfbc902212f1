import * as z from 'zod';
import { route } from '@/lib/http/route';
import { readApprovalCard } from '@/lib/services/approvals/read-card';
import { askToRelease } from '@/lib/services/mutations/release-stop';
import { readStop } from '@/lib/services/stops/read';

const body = z.strictObject({ stopId: z.string().min(1).max(100) });

/** Asks for a stop to be lifted: nothing changes until its card is pressed. Answers the stop and the card. */
export const POST = route({ name: 'stop-release', body }, async ({ session, body: { stopId } }) => {
  const { approvalId } = await askToRelease(session.ctx, { stopId });
  return {
    ...(await readStop(session.ctx)),
    card: approvalId && (await readApprovalCard(session.ctx, { approvalId })),
  };
});
