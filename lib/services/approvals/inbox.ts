import type { ApprovalCard, Card } from '../../domain/message';
import { type ServiceContext, transact } from '../context';
import { loadApprovalCards } from './card';
import { listWaitingApprovals, type WaitingApproval } from './list-waiting';

export type InboxItem = WaitingApproval & { card: ApprovalCard };

/** What waits for somebody's press in this workspace, each with its whole card, the one that runs out first on top. */
export async function readInbox(ctx: ServiceContext): Promise<InboxItem[]> {
  return transact(ctx, async (tx, inner) => {
    const waiting = await listWaitingApprovals(inner);
    const cards = await loadApprovalCards(
      tx,
      inner,
      waiting.map(({ approvalId }) => approvalId),
    );
    return waiting.flatMap((item) => {
      const card = cards.get(item.approvalId);
      return isApproval(card) ? [{ ...item, card }] : [];
    });
  });
}

function isApproval(card: Card | undefined): card is ApprovalCard {
  return card?.kind === 'APPROVAL_REQUEST';
}
