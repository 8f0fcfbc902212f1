import type { ApprovalCard } from '../../domain/message';
import { type ServiceContext, transact } from '../context';
import { loadApprovalCards } from './card';

/** One card as it stands now; null where there is none. */
export async function readApprovalCard(
  ctx: ServiceContext,
  input: { approvalId: string },
): Promise<ApprovalCard | null> {
  return transact(ctx, async (tx, inner) => {
    const card = (await loadApprovalCards(tx, inner, [input.approvalId])).get(input.approvalId);
    return card?.kind === 'APPROVAL_REQUEST' ? card : null;
  });
}
