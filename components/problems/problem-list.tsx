'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ProblemDigest } from '@/lib/domain/problem-digest';
import type { Problem } from '@/lib/domain/views';
import { problemsWords as words } from '@/lib/words/en/admin';
import { errorWords } from '@/lib/words/en/errors';
import { uiWords } from '@/lib/words/en/ui';
import { formatMoment } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { call } from '../wire/send';

type Retry = NonNullable<ProblemDigest['again']>;
/** What the reader's role allows to be tried again. */
type MayTry = Record<Retry['type'], boolean>;
type ProblemListProps = { problems: readonly ProblemDigest[]; mayTry: MayTry };

/** What failed, in the owner's words, each with the one thing that helps. */
export function ProblemList({ problems, mayTry }: ProblemListProps) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
      {problems.map((problem) => (
        <li key={problem.key}>
          <ProblemRow problem={problem} mayTry={mayTry} />
        </li>
      ))}
    </ul>
  );
}

function ProblemRow({ problem, mayTry }: { problem: ProblemDigest; mayTry: MayTry }) {
  const locale = useLocale();
  const known = problem.code ? errorWords[problem.code] : null;
  return (
    <article className="grid gap-2 px-5 py-4 sm:px-6">
      <p className="flex flex-wrap gap-x-4 text-sm text-ink-faint">
        {problem.projectName ? <span>{problem.projectName}</span> : null}
        <span className="figures first-letter:uppercase">
          {words.times(problem.count)}, {words.last(formatMoment(problem.lastAt, locale))}
        </span>
      </p>
      <h3 className="font-semibold break-words">{titleOf(problem)}</h3>
      <p className="text-[0.9375rem] text-ink-soft">
        {known ? `${known.title} ${known.money} ${known.next}` : problem.kind === 'unclear' ? words.unclearNext : null}
      </p>
      {problem.referenceId ? (
        <p className="text-micro text-ink-faint">{uiWords.reference(problem.referenceId)}</p>
      ) : null}
      {problem.again && mayTry[problem.again.type] ? <Again again={problem.again} /> : null}
    </article>
  );
}

function titleOf({ kind, subject }: ProblemDigest): string {
  switch (kind) {
    case 'launch':
      return words.launch(subject ?? '');
    case 'action':
      return words.action(subject ?? '');
    case 'unclear':
      return words.unclear;
    case 'answers':
      return words.answers;
    case 'background':
      return words.background(words.jobs[subject ?? ''] ?? words.jobOther);
  }
}

function Again({ again }: { again: Retry }) {
  const router = useRouter();
  const [busy, setBusy] = useState<'redrive' | 'discard' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);

  async function settle(decision: 'redrive' | 'discard') {
    setBusy(decision);
    setRefused(null);
    const failed = await send(again, decision);
    setBusy(null);
    if (failed) return setRefused(failed);
    setDone(decision === 'redrive' ? words.trying : words.left);
    return router.refresh();
  }

  if (done)
    return (
      <p role="status" className="pt-1 text-sm text-accent">
        {done}
      </p>
    );
  return (
    <div className="grid justify-items-start gap-3 pt-1">
      {refused ? <ProblemNote problem={refused} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          look="secondary"
          size="small"
          busy={busy === 'redrive'}
          disabled={busy !== null}
          onClick={() => settle('redrive')}
        >
          {words.again}
        </Button>
        {again.type === 'dead_letter' ? (
          <Button
            look="quiet"
            size="small"
            busy={busy === 'discard'}
            disabled={busy !== null}
            onClick={() => settle('discard')}
          >
            {words.discard}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** Null when everything went through. */
async function send(again: Retry, decision: 'redrive' | 'discard'): Promise<Problem | null> {
  if (again.type === 'deployment') {
    const answer = await call('POST', '/api/campaigns/deploy', { campaignRecordId: again.campaignRecordId });
    return answer.ok ? null : answer.problem;
  }
  for (const id of again.ids) {
    const answer = await call('POST', `/api/dead-letters/${id}`, { decision });
    if (!answer.ok) return answer.problem;
  }
  return null;
}
