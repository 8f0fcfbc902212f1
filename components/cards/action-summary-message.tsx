'use client';
import { Coins, ImagePlus, Pause, Play, RefreshCw, Scale, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import type { ActionState } from '@/lib/domain/action';
import type { ActionView } from '@/lib/domain/message';
import type { Problem } from '@/lib/domain/views';
import { actionAsked, actionDone } from '@/lib/words/en/actions';
import { actionMarks, cardWords } from '@/lib/words/en/cards';
import { formatMoment } from '@/lib/words/format';
import { useSurface } from '../chat/surface';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { call } from '../wire/send';
import { ACTION_TONES } from './action-tones';
import { Because, EvidenceView, namesOf } from './evidence-view';

const words = cardWords.action;
const ICONS = {
  pause: Pause,
  play: Play,
  money: Coins,
  swap: RefreshCw,
  people: Users,
  new: ImagePlus,
  delete: Trash2,
  test: Scale,
};
/** What was done, why, and the way back. The same row stands in the chat and in the activity list. */
export function ActionSummaryMessage({ card, compact = false }: { card: ActionView; compact?: boolean }) {
  const locale = useLocale();
  const Icon = ICONS[actionMarks[card.actionKind]];
  const happened = card.state === 'DONE' || card.state === 'UNDONE';
  const sentence = happened
    ? actionDone(
        {
          action: card.action,
          subject: card.subjectName,
          campaign: card.campaignName,
          isUndo: false,
          approvedByOwner: card.approvedByOwner,
        },
        locale.locale,
      )
    : actionAsked({ action: card.action, subject: card.subjectName, campaign: card.campaignName }, locale.locale);
  return (
    <section aria-label={sentence} className="rounded-card border border-line bg-surface px-5 py-4.5 shadow-card">
      <div className="flex gap-3.5">
        <span
          aria-hidden="true"
          className="grid size-9 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft"
        >
          <Icon className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <p className={compact ? 'text-[0.9375rem] font-medium' : 'font-medium'}>{sentence}</p>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-micro text-ink-faint">
            <Badge tone={ACTION_TONES[card.state]}>{words.states[card.state]}</Badge>
            {card.state === 'DONE' ? (
              <span>{card.approvedByOwner ? words.done.approvedByOwner : words.done.alone}</span>
            ) : null}
            <time dateTime={card.at}>{formatMoment(card.at, locale)}</time>
          </p>
          <p className="mt-2 text-[0.9375rem] text-ink-soft">
            <Because evidence={card.evidence} />
          </p>
          <Outcome state={card.state} />
          {card.evidence.facts.length > 0 ? (
            <details className="mt-2">
              <summary className="target inline-flex items-center text-sm font-medium text-accent">
                {words.numbers}
              </summary>
              <div className="pt-2 pb-1">
                <EvidenceView evidence={card.evidence} names={namesOf(card)} />
              </div>
            </details>
          ) : null}
          <UndoControl card={card} />
        </div>
      </div>
    </section>
  );
}

function Outcome({ state }: { state: ActionState }) {
  const said =
    state === 'FAILED' ? words.failed : state === 'SHADOW' ? words.shadow : state === 'REFUSED' ? words.refused : null;
  return said ? <p className="mt-2 text-sm text-ink-soft">{said}</p> : null;
}

function UndoControl({ card }: { card: ActionView }) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function undo() {
    setBusy(true);
    setProblem(null);
    const answer = await call('POST', `/api/actions/${card.actionId}/undo`);
    setBusy(false);
    surface.changed();
    if (!answer.ok) return setProblem(answer.problem);
    return setAsked(true);
  }

  if (card.undo === 'done' || card.state !== 'DONE') return null;
  if (card.undo === 'expired') return <p className="mt-2 text-sm text-ink-faint">{words.undoExpired}</p>;
  if (card.undo === 'none' || !surface.interactive) return null;
  return (
    <div className="mt-2 grid gap-2">
      {problem ? <ProblemNote problem={problem} /> : null}
      {asked ? (
        <p role="status" className="text-sm text-ink-soft">
          {words.undoRequested}
        </p>
      ) : (
        <div className="grid justify-items-start gap-1.5">
          {card.undoSays ? <p className="text-sm text-ink-faint">{card.undoSays}</p> : null}
          <Button look="secondary" size="small" busy={busy} onClick={undo}>
            {busy ? words.undoing : words.undo}
          </Button>
        </div>
      )}
    </div>
  );
}
