'use client';
import { type FormEvent, useState } from 'react';
import type { Problem } from '@/lib/domain/views';
import { memberWords as words } from '@/lib/words/en/roles';
import { call } from '../wire/send';
import { type Terms, termsOf } from './terms-fields';

/** Reads the fields, sends them once, and keeps what went wrong. */
export function useTermsForm(
  to: string,
  more: (form: FormData) => Record<string, string>,
  onDone: (form: FormData) => void,
) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [badAmount, setBadAmount] = useState<string | null>(null);
  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const terms: Terms | null = termsOf(form);
    setBadAmount(terms ? null : words.badAmount);
    if (!terms) return;
    setBusy(true);
    setProblem(null);
    const answer = await call('POST', to, { ...more(form), ...terms });
    setBusy(false);
    if (answer.ok) onDone(form);
    else setProblem(answer.problem);
  }
  return { busy, problem, badAmount, onSubmit };
}
