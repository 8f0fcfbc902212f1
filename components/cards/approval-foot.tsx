'use client';
import type { ApprovalDecision, ApprovalState } from '@/lib/domain/approval';
import { cardWords } from '@/lib/words/en/cards';
import { formatMoment } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { ApprovalStatus } from './approval-status';
import { useApproval } from './use-approval';

type ApprovalFootProps = {
  card: { approvalId: string; hash: string; state: ApprovalState; expiresAt: string; decidedAt: string | null };
  /** What pressing the button means, above it. */
  promise?: string;
  approve: string;
  /** What the press does cannot be taken back. */
  danger?: boolean;
  other: { decision: Exclude<ApprovalDecision, 'approve'>; label: string; after?: () => void };
};

/** The foot of every approval card: the two buttons while it waits, what became of it afterwards. */
export function ApprovalFoot({ card, promise, approve, danger = false, other }: ApprovalFootProps) {
  const { open, sending, sent, problem, decide } = useApproval(card);
  const locale = useLocale();
  if (card.state !== 'WAITING')
    return (
      <div className="mt-6">
        <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
      </div>
    );
  return (
    <div className={cn('mt-6 grid gap-4 rounded-2xl px-5 py-5', danger ? 'bg-sunken' : 'bg-accent-soft')}>
      {promise ? <p className="text-[0.9375rem] font-medium">{promise}</p> : null}
      {problem ? <ProblemNote problem={problem} /> : null}
      {sent ? (
        <p role="status" className="font-medium text-accent">
          {cardWords.approval.sent[sent]}
        </p>
      ) : null}
      {open ? (
        <div className="flex flex-col gap-2.5 sm:flex-row sm:flex-wrap">
          <Button
            size="large"
            look={danger ? 'danger' : 'primary'}
            className="sm:min-w-44"
            busy={sending === 'approve'}
            disabled={sending !== null}
            onClick={() => decide('approve')}
          >
            {approve}
          </Button>
          <Button
            size="large"
            look="secondary"
            busy={sending === other.decision}
            disabled={sending !== null}
            onClick={() => decide(other.decision, other.after)}
          >
            {other.label}
          </Button>
        </div>
      ) : null}
      {sent ? null : (
        <p className="text-micro text-ink-soft">{cardWords.approval.until(formatMoment(card.expiresAt, locale))}</p>
      )}
    </div>
  );
}
