'use client';
import { useState } from 'react';
import type { Problem } from '@/lib/domain/views';
import { inviteWords as words } from '@/lib/words/en/roles';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { call } from '../wire/send';

export function AcceptInvitation({ invitationId }: { invitationId: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function accept() {
    setBusy(true);
    const answer = await call('POST', `/api/invitations/${encodeURIComponent(invitationId)}/accept`, {});
    if (answer.ok) return window.location.assign('/dashboard');
    setProblem(answer.problem);
    setBusy(false);
  }
  return (
    <div className="grid gap-4">
      {problem ? <ProblemNote problem={problem} /> : null}
      <Button size="large" busy={busy} onClick={accept}>
        {words.accept}
      </Button>
    </div>
  );
}
