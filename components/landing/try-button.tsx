'use client';
import { useState } from 'react';
import { landingWords } from '@/lib/words/en/landing';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { type Answer, call } from '../wire/send';

/** One press makes a workspace with a made-up shop and opens its chat. */
export function TryButton({
  look = 'primary',
  label = landingWords.try,
}: {
  look?: 'primary' | 'secondary';
  label?: string;
}) {
  const [state, setState] = useState<{
    busy: boolean;
    problem: Extract<Answer<never>, { ok: false }>['problem'] | null;
  }>({ busy: false, problem: null });

  async function open() {
    setState({ busy: true, problem: null });
    const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const answer = await call<{ projectId: string }>('POST', '/api/demo', { locale, timezone: timeZone });
    // The sign-in cookie is new, so the next page is asked for as a whole.
    if (answer.ok) return window.location.assign(`/chat/${answer.data.projectId}`);
    setState({ busy: false, problem: answer.problem });
  }

  return (
    <div className="grid gap-3">
      <Button look={look} size="large" busy={state.busy} onClick={open}>
        {state.busy ? landingWords.trying : label}
      </Button>
      {state.problem ? <ProblemNote problem={state.problem} /> : null}
    </div>
  );
}
