import type { Card } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { cn } from '../ui/cn';

/** The owner's press, as part of the conversation. */
export function ApprovalResponseLine({ card }: { card: Extract<Card, { kind: 'APPROVAL_RESPONSE' }> }) {
  const yes = card.decision === 'approve';
  return (
    <p
      className={cn(
        'ms-auto w-fit rounded-full px-4 py-1.5 text-sm font-medium',
        yes ? 'bg-accent text-on-accent' : 'bg-sunken text-ink-soft',
      )}
    >
      {cardWords.response[card.approvalKind][card.decision]}
    </p>
  );
}
