'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Problem } from '@/lib/domain/views';
import { connectionsWords as words } from '@/lib/words/en/admin';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { call } from '../wire/send';

/** Lifts the hold on a connection: a person says that they have looked. */
export function ReleaseHold({ quarantineId }: { quarantineId: string }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function release() {
    setBusy(true);
    setProblem(null);
    const answer = await call('POST', `/api/quarantines/${quarantineId}/release`);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    return router.refresh();
  }

  return (
    <>
      {problem ? <ProblemNote problem={problem} /> : null}
      <Button look="secondary" size="small" busy={busy} onClick={release}>
        {words.release}
      </Button>
    </>
  );
}
