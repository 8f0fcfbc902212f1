'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { memberWords as words } from '@/lib/words/en/roles';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { TermsFields } from './terms-fields';
import { useTermsForm } from './use-terms-form';

export function InviteForm({ currency }: { currency: string }) {
  const router = useRouter();
  const [sent, setSent] = useState<string | null>(null);
  // A new key empties the fields for the next person.
  const [round, setRound] = useState(0);
  const form = useTermsForm(
    '/api/members',
    (fields) => ({ email: String(fields.get('email') ?? '').trim() }),
    (fields) => {
      setSent(String(fields.get('email') ?? ''));
      setRound((count) => count + 1);
      router.refresh();
    },
  );
  return (
    <form key={round} onSubmit={form.onSubmit} className="grid max-w-md gap-4">
      <Field label={words.email} name="email" type="email" required maxLength={200} autoComplete="off" />
      <TermsFields terms={{ role: 'analyst', limit: null }} currency={currency} problem={form.badAmount} />
      {form.problem ? <ProblemNote problem={form.problem} /> : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={form.busy}>
          {words.send}
        </Button>
        <p role="status" className="text-sm text-ink-soft">
          {sent ? words.sent(sent) : null}
        </p>
      </div>
    </form>
  );
}
