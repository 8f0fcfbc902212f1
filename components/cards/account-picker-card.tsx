'use client';
import { type ReactNode, useState } from 'react';
import type { Card } from '@/lib/domain/message';
import type { Problem } from '@/lib/domain/views';
import { cardWords } from '@/lib/words/en/cards';
import { useSurface } from '../chat/surface';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { call } from '../wire/send';
import { CardFrame } from './card-frame';

const words = cardWords.picker;
type PickerCard = Extract<Card, { kind: 'ACCOUNT_PICKER' }>;

export function AccountPickerCard({ card }: { card: PickerCard }) {
  const usable = card.accounts.filter((account) => account.usable);
  const [accountId, setAccountId] = useState(card.accountId ?? (usable.length === 1 ? (usable[0]?.id ?? '') : ''));
  const [pageId, setPageId] = useState(card.pageId ?? (card.pages.length === 1 ? (card.pages[0]?.id ?? '') : ''));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const surface = useSurface();

  if (card.state === 'chosen') {
    const account = card.accounts.find(({ id }) => id === card.accountId);
    const page = card.pages.find(({ id }) => id === card.pageId);
    return (
      <CardFrame title={words.chosen} badge={{ tone: 'good', text: cardWords.connect.done }}>
        <dl className="grid gap-3 sm:grid-cols-2">
          <div>
            <dt className="text-micro text-ink-faint">{words.account}</dt>
            <dd className="font-medium">{account?.name}</dd>
          </div>
          <div>
            <dt className="text-micro text-ink-faint">{words.page}</dt>
            <dd className="font-medium">{page?.name}</dd>
          </div>
        </dl>
      </CardFrame>
    );
  }

  async function choose() {
    setBusy(true);
    setProblem(null);
    const answer = await call('POST', `/api/projects/${card.projectId}/account`, { accountId, pageId });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    return surface.changed();
  }

  return (
    <CardFrame title={words.title}>
      <Choices
        legend={words.account}
        hint={words.accountHint}
        empty={card.accounts.length === 0 ? words.noAccounts : null}
      >
        {card.accounts.map((account) => (
          <Choice
            key={account.id}
            name={`account-${card.projectId}`}
            checked={account.id === accountId}
            disabled={!account.usable || !surface.interactive}
            onPick={() => setAccountId(account.id)}
            title={account.name}
          >
            {account.usable
              ? `${account.currency} · ${account.timezone.replace(/_/g, ' ')}`
              : `${words.unusable}${account.problem ? `: ${account.problem}` : ''}`}
          </Choice>
        ))}
      </Choices>
      <Choices legend={words.page} hint={words.pageHint} empty={card.pages.length === 0 ? words.noPages : null}>
        {card.pages.map((page) => (
          <Choice
            key={page.id}
            name={`page-${card.projectId}`}
            checked={page.id === pageId}
            disabled={!surface.interactive}
            onPick={() => setPageId(page.id)}
            title={page.name}
          >
            {page.instagram ? words.instagram : words.noInstagram}
          </Choice>
        ))}
      </Choices>
      {problem ? <ProblemNote problem={problem} className="mt-4" /> : null}
      {surface.interactive ? (
        <Button
          size="large"
          className="mt-5 max-sm:w-full"
          busy={busy}
          disabled={!accountId || !pageId}
          onClick={choose}
        >
          {words.submit}
        </Button>
      ) : null}
    </CardFrame>
  );
}

function Choices({
  legend,
  hint,
  empty,
  children,
}: {
  legend: string;
  hint: string;
  empty: string | null;
  children: ReactNode;
}) {
  return (
    <fieldset className="mt-4 first:mt-0">
      <legend className="font-semibold">{legend}</legend>
      <p className="text-sm text-ink-soft">{hint}</p>
      {empty ? <p className="mt-2 rounded-xl bg-careful-soft px-4 py-3 text-sm text-careful">{empty}</p> : null}
      <div className="mt-2 grid gap-2">{children}</div>
    </fieldset>
  );
}

type ChoiceProps = {
  name: string;
  title: string;
  checked: boolean;
  disabled: boolean;
  onPick: () => void;
  children: ReactNode;
};

function Choice({ name, title, checked, disabled, onPick, children }: ChoiceProps) {
  return (
    <label
      className={cn(
        'flex min-h-12 items-center gap-3 rounded-xl border px-4 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        checked ? 'border-accent bg-accent-soft' : 'border-line-strong/50',
        disabled ? 'opacity-60' : 'cursor-pointer hover:border-accent',
      )}
    >
      <input
        type="radio"
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={onPick}
        className="size-4.5 accent-accent"
      />
      <span className="min-w-0">
        <span className="block font-medium break-words">{title}</span>
        <span className="block text-sm text-ink-soft">{children}</span>
      </span>
    </label>
  );
}
