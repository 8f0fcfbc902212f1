import type { ApprovalState } from '../../domain/approval';
import type { ApprovalRow } from './row';

/** What every card shows of its row. One past its time reads as expired even before the sweep closes it. */
export function headOf(row: ApprovalRow, now: Date) {
  const expired = row.state === 'WAITING' && row.expiresAt <= now;
  const sentBack = row.state === 'DECLINED' && row.supersededById !== null;
  const state = expired ? 'EXPIRED' : sentBack ? 'SUPERSEDED' : (row.state as ApprovalState);
  return {
    approvalId: row.id,
    hash: row.hash,
    state,
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
