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

/** What failed, in the owner's words, each with the one thing that helps. */
export function ProblemList({ problems, mayTry }: { problems: readonly ProblemDigest[]; mayTry: boolean }) {
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

function ProblemRow({ problem, mayTry }: { problem: ProblemDigest; mayTry: boolean }) {
  const locale = useLocale();
  const known = problem.code ? errorWords[problem.code] : null;
  return (
    <article className="grid gap-2 px-5 py-4 sm:px-6">
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-ink-faint">
        <span>{problem.projectName}</span>
        <span className="figures">
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
      {problem.again && mayTry ? <Again campaignRecordId={problem.again.campaignRecordId} /> : null}
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
      return words.background;
  }
}

function Again({ campaignRecordId }: { campaignRecordId: string }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);

  async function again() {
    setBusy(true);
    setRefused(null);
    const answer = await call('POST', '/api/campaigns/deploy', { campaignRecordId });
    setBusy(false);
    if (!answer.ok) return setRefused(answer.problem);
    setTried(true);
    return router.refresh();
  }

  return (
    <div className="grid justify-items-start gap-3 pt-1">
      {refused ? <ProblemNote problem={refused} /> : null}
      {tried ? (
        <p role="status" className="text-sm text-accent">
          {words.trying}
        </p>
      ) : (
        <Button look="secondary" size="small" busy={busy} onClick={again}>
          {words.again}
        </Button>
      )}
    </div>
  );
}
