'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { MemberView } from '@/lib/domain/people';
import type { Problem } from '@/lib/domain/views';
import { roleWords, memberWords as words } from '@/lib/words/en/roles';
import { formatMoney } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { call } from '../wire/send';
import { TermsFields } from './terms-fields';
import { useTermsForm } from './use-terms-form';

type Props = { member: MemberView; mayManage: boolean; onlyOwner: boolean; currency: string };

/** One person: who they are, what they may do, and (for an owner) the two things that can be changed about it. */
export function MemberRow({ member, mayManage, onlyOwner, currency }: Props) {
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const { locale } = useLocale();
  // A workspace keeps an owner: the last one can neither step down nor leave, so nothing offers it.
  const fixed = onlyOwner && member.role === 'owner';
  const mayChange = mayManage && !fixed;
  const mayLeave = member.you;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">
          {member.name}
          {member.you ? <span className="text-ink-faint"> ({words.you})</span> : null}
        </p>
        <p className="truncate text-sm text-ink-soft">{member.email ?? words.withoutSignUp}</p>
      </div>
      <div className="flex-1 basis-48 text-sm">
        <p className="font-medium">{roleWords[member.role].name}</p>
        {member.role === 'manager' ? (
          <p className="text-ink-soft">
            {member.limit ? words.limitOf(formatMoney(member.limit, locale)) : words.noLimit}
          </p>
        ) : null}
      </div>
      <div className="flex gap-2">
        {mayChange ? (
          <Button
            look="secondary"
            size="small"
            aria-label={words.change(member.name)}
            onClick={() => setOpen('change')}
          >
            {words.changeShort}
          </Button>
        ) : null}
        {mayChange || (mayLeave && !fixed) ? (
          <Button
            look="careful"
            size="small"
            aria-label={mayLeave ? words.leave : words.removeTitle(member.name)}
            onClick={() => setOpen('remove')}
          >
            {mayLeave ? words.leave : words.remove}
          </Button>
        ) : null}
      </div>
      <Dialog
        open={open === 'change'}
        onOpenChange={(now) => setOpen(now ? 'change' : null)}
        title={words.change(member.name)}
      >
        <ChangeForm member={member} currency={currency} onDone={() => setOpen(null)} />
      </Dialog>
      <Dialog
        open={open === 'remove'}
        onOpenChange={(now) => setOpen(now ? 'remove' : null)}
        title={mayLeave ? words.leaveTitle : words.removeTitle(member.name)}
        description={mayLeave ? words.leaveBody : words.removeBody}
      >
        <RemoveButtons member={member} onDone={() => setOpen(null)} />
      </Dialog>
    </li>
  );
}

function ChangeForm({ member, currency, onDone }: { member: MemberView; currency: string; onDone: () => void }) {
  const router = useRouter();
  const form = useTermsForm(
    `/api/members/${encodeURIComponent(member.userId)}/role`,
    () => ({}),
    () => {
      onDone();
      router.refresh();
    },
  );
  return (
    <form onSubmit={form.onSubmit} className="grid gap-5 pt-2">
      <TermsFields terms={member} currency={currency} problem={form.badAmount} />
      {form.problem ? <ProblemNote problem={form.problem} /> : null}
      <Button type="submit" busy={form.busy}>
        {words.save}
      </Button>
    </form>
  );
}

function RemoveButtons({ member, onDone }: { member: MemberView; onDone: () => void }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function remove() {
    setBusy(true);
    const answer = await call('POST', `/api/members/${encodeURIComponent(member.userId)}/remove`, {});
    if (answer.ok && member.you) return window.location.assign('/dashboard');
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    onDone();
    router.refresh();
  }
  return (
    <div className="grid gap-4 pt-2">
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button look="careful" busy={busy} onClick={remove}>
          {member.you ? words.leave : words.remove}
        </Button>
        <Button look="secondary" onClick={onDone}>
          {words.keep}
        </Button>
      </div>
    </div>
  );
}
