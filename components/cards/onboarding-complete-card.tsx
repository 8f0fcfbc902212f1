'use client';
import { useState } from 'react';
import { missingBriefFields } from '@/lib/domain/brief';
import type { Card } from '@/lib/domain/message';
import type { Problem } from '@/lib/domain/views';
import { briefLines, cardWords } from '@/lib/words/en/cards';
import { useSurface } from '../chat/surface';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { call } from '../wire/send';
import { CardFrame } from './card-frame';

const words = cardWords.brief;
type BriefCard = Extract<Card, { kind: 'BRIEF_SUMMARY' }>;

/** What was understood, read back before anything is built on it. */
export function OnboardingCompleteCard({ card }: { card: BriefCard }) {
  const { locale } = useLocale();
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const done = card.state === 'confirmed' || confirmed;

  async function confirm() {
    setBusy(true);
    setProblem(null);
    const answer = await call('POST', `/api/projects/${card.projectId}/brief/confirm`, { version: card.version });
    setBusy(false);
    surface.changed();
    if (!answer.ok) return setProblem(answer.problem);
    return setConfirmed(true);
  }

  if (card.state === 'superseded') {
    return (
      <CardFrame title={words.titleDone} muted badge={{ tone: 'neutral', text: cardWords.approval.states.SUPERSEDED }}>
        <p className="text-sm text-ink-soft">{words.superseded}</p>
      </CardFrame>
    );
  }
  const missing = missingBriefFields(card.brief);
  return (
    <CardFrame
      title={done ? words.titleDone : words.title}
      badge={done ? { tone: 'good', text: words.confirmed } : null}
    >
      <dl>
        {briefLines(card.brief, locale).map((line) => (
          <div
            key={line.label}
            className="grid items-baseline gap-x-5 border-t border-line py-2.5 sm:grid-cols-[10.5rem_1fr]"
          >
            <dt className="text-sm text-ink-faint">{line.label}</dt>
            <dd className="text-[0.9375rem] break-words">{line.value}</dd>
          </div>
        ))}
      </dl>
      {!done && missing.length > 0 ? (
        <p className="mt-3 text-sm text-careful">
          {words.missing}: {missing.map((field) => words.fields[field]).join(', ')}
        </p>
      ) : null}
      {problem ? <ProblemNote problem={problem} className="mt-4" /> : null}
      {!done && surface.interactive ? (
        <div className="mt-5 flex flex-col gap-2.5 sm:flex-row">
          <Button size="large" busy={busy} disabled={missing.length > 0} onClick={confirm}>
            {words.confirm}
          </Button>
          <Button
            size="large"
            look="secondary"
            disabled={busy}
            onClick={() => surface.ask(words.changePrompt, words.changePlaceholder)}
          >
            {words.change}
          </Button>
        </div>
      ) : null}
    </CardFrame>
  );
}
