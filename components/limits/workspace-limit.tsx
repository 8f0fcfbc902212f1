'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { type LimitsProblem, readAmount } from '@/lib/domain/limits-form';
import { type MoneyJson, moneyToDecimal } from '@/lib/domain/money';
import type { Problem } from '@/lib/domain/views';
import { limitsWords } from '@/lib/words/en/admin';
import { formatMoney, type Locale } from '@/lib/words/format';
import { ProblemNote } from '../shell/problem-note';
import { useAnnouncer } from '../ui/announcer';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { call } from '../wire/send';

const words = limitsWords.whole;
type WorkspaceLimitProps = {
  projectId: string;
  currency: string;
  limit: MoneyJson | null;
  mayChange: boolean;
  locale: Locale;
};

/** One amount for all shops together. Lower holds at once; higher becomes a card. */
export function WorkspaceLimit({ projectId, currency, limit, mayChange, locale }: WorkspaceLimitProps) {
  const router = useRouter();
  const { announce } = useAnnouncer();
  const before = limit ? moneyToDecimal({ minor: BigInt(limit.minor), currency }).replace(/\.0+$/, '') : '';
  const [typed, setTyped] = useState(before);
  const [problem, setProblem] = useState<LimitsProblem['problem'] | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function set(event: FormEvent) {
    event.preventDefault();
    setRefused(null);
    setNote(null);
    const amount = readAmount(typed, currency);
    if (amount === 'not_money' || amount === 'zero') return setProblem(amount);
    setProblem(null);
    if (typed.trim() === before) return setNote(limitsWords.nothing);
    setBusy(true);
    const answer = await call<{ result: { set: boolean } }>('POST', `/api/projects/${projectId}/workspace-limit`, {
      currency,
      amount,
    });
    setBusy(false);
    if (!answer.ok) return setRefused(answer.problem);
    const said = answer.data.result.set ? words.lowered : words.asked;
    setNote(said);
    announce(said);
    return router.refresh();
  }

  return (
    <form onSubmit={set} className="grid gap-3">
      <h2 className="font-semibold">{words.title}</h2>
      <p className="text-sm text-ink-soft">{words.body}</p>
      {mayChange ? (
        <>
          <Field
            label={`${words.label} (${currency})`}
            inputMode="decimal"
            autoComplete="off"
            placeholder={words.none}
            value={typed}
            problem={problem ? limitsWords.problems[problem] : null}
            onChange={(event) => setTyped(event.target.value)}
          />
          {refused ? <ProblemNote problem={refused} /> : null}
          {note ? (
            <p role="status" className="text-sm text-ink-soft">
              {note}
            </p>
          ) : null}
          <div>
            <Button type="submit" look="secondary" busy={busy}>
              {words.set}
            </Button>
          </div>
        </>
      ) : (
        <p className="figures font-semibold">{limit ? formatMoney(limit, locale) : words.none}</p>
      )}
    </form>
  );
}
