'use client';
import { useState } from 'react';
import type { ApprovalDecision, ApprovalState } from '@/lib/domain/approval';
import type { Problem } from '@/lib/domain/views';
import { cardWords } from '@/lib/words/en/cards';
import { useSurface } from '../chat/surface';
import { useAnnouncer } from '../ui/announcer';
import { call } from '../wire/send';

type Waiting = { approvalId: string; hash: string; state: ApprovalState };

/**
 * The owner's press. Sends exactly the hash this card was drawn from; a second press while the first is on its way does
 * nothing, and what is shown afterwards is the server's answer.
 */
export function useApproval({ approvalId, hash, state }: Waiting) {
  const [sending, setSending] = useState<ApprovalDecision | null>(null);
  const [sent, setSent] = useState<ApprovalDecision | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { announce } = useAnnouncer();
  const surface = useSurface();

  async function decide(decision: ApprovalDecision, after?: () => void) {
    if (sending || sent) return;
    setSending(decision);
    setProblem(null);
    const answer = await call('POST', '/api/chat/approve', { approvalId, hash, decision });
    setSending(null);
    // Either way the row may now say something else than this card: look again.
    surface.changed();
    if (!answer.ok) return setProblem(answer.problem);
    setSent(decision);
    announce(cardWords.approval.sent[decision]);
    return after?.();
  }

  const open = state === 'WAITING' && surface.interactive && sent === null;
  return { open, sending, sent: state === 'WAITING' ? sent : null, problem, decide };
}
