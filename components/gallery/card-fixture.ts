import type { ApprovalState } from '@/lib/domain/approval';
import type { Card } from '@/lib/domain/message';

export type CardFixture = { name: string; card: Card };

export const AT = '2026-11-23T08:00:00.000Z';

export const head = (state: ApprovalState) => ({
  approvalId: `approval-${state}`,
  hash: 'a'.repeat(64),
  state,
  expiresAt: '2026-11-24T08:00:00.000Z',
  decidedAt: state === 'WAITING' ? null : AT,
});

export const STATE_NAMES: Record<ApprovalState, string> = {
  WAITING: 'waits',
  APPROVED: 'approved',
  EXECUTING: 'being set up',
  DONE: 'done',
  PARTLY_DONE: 'partly done',
  FAILED: 'failed',
  DECLINED: 'declined',
  EXPIRED: 'expired',
  SUPERSEDED: 'superseded',
};
