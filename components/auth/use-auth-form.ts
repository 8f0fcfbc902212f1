'use client';
import { type FormEvent, useState } from 'react';

/** One press at a time, one sentence when it fails. `send` answers null when it worked. */
export function useAuthForm(send: (fields: Record<string, string>) => Promise<string | null>, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const fields = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const failed = await send(fields);
    if (!failed) return onDone();
    setProblem(failed);
    setBusy(false);
  }
  return { busy, problem, onSubmit };
}

/** Where a stranger wanted to go before signing in; only paths of ours. */
export function nextPath(): string {
  const wanted = new URLSearchParams(window.location.search).get('next') ?? '';
  return /^\/(chat|dashboard|invite|settings)(\/|\?|$)/.test(wanted) ? wanted : '/dashboard';
}
