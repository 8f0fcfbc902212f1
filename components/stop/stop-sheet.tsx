'use client';
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Card } from '@/lib/domain/message';
import type { Problem, StopTargetState, StopView } from '@/lib/domain/views';
import { stopSentence, stopStateSentence } from '@/lib/words/en/stop';
import { stopButtonWords as words } from '@/lib/words/en/stop-button';
import { MessageCard } from '../cards/message-card';
import { SurfaceProvider } from '../chat/surface';
import { ProblemNote } from '../shell/problem-note';
import { useAnnouncer } from '../ui/announcer';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { call } from '../wire/send';

const LOOK_AGAIN_MS = 2_000;

type StopSheetProps = {
  stop: StopView | null;
  /** Whether this person's role may lift a stop. */
  mayLift: boolean;
  onChange: (stop: StopView) => void;
  onReload: () => Promise<void>;
  onClose: () => void;
};

/** Asks once; afterwards it is the live list of what stopped and what has not yet. */
export function StopSheet({ stop, mayLift, onChange, onReload, onClose }: StopSheetProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [card, setCard] = useState<Card | null>(null);
  const { announce } = useAnnouncer();
  const standing = stop?.state ? stop : null;
  // An approved card lifts the stop a moment later: the sheet looks until it has.
  const moving = standing?.state === 'STOPPING' || busy || (card !== null && standing !== null);
  // What the platform refuses to pause must not hold everything else still for ever.
  const isLiftable = mayLift && standing !== null && standing.counts.queued + standing.counts.sent === 0;

  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => void onReload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [moving, onReload]);

  async function press() {
    setBusy(true);
    setProblem(null);
    announce(words.sending);
    const answer = await call<StopView>('POST', '/api/stop', {});
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    onChange(answer.data);
    return announce(stopSentence(answer.data));
  }

  async function lift(stopId: string | null) {
    if (!stopId) return;
    setBusy(true);
    setProblem(null);
    const answer = await call<StopView & { card: Card | null }>('POST', '/api/stop/release', { stopId });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    onChange(answer.data);
    setCard(answer.data.card);
    return announce(words.liftAsked);
  }

  if (card && !standing)
    return (
      <div className="grid justify-items-start gap-4 pt-1">
        <p role="status" className="font-medium">
          {words.lifted}
        </p>
        <Button look="secondary" onClick={onClose}>
          {words.close}
        </Button>
      </div>
    );
  if (card)
    return (
      <div className="grid gap-4 pt-1">
        <SurfaceProvider
          value={{
            interactive: true,
            projectId: '',
            conversationId: null,
            changed: () => void onReload(),
            ask: () => undefined,
          }}
        >
          <MessageCard message={{ text: '' }} card={card} />
        </SurfaceProvider>
      </div>
    );

  if (standing)
    return (
      <div className="grid gap-4 pt-1">
        <p role="status" className="font-medium">
          {stopSentence(standing)}
        </p>
        <StopResults stop={standing} />
        {problem ? <ProblemNote problem={problem} /> : null}
        <div className="flex flex-col gap-2.5 sm:flex-row">
          <Button look="secondary" busy={busy} onClick={press}>
            {words.again}
          </Button>
          {isLiftable ? (
            <Button look="quiet" disabled={busy} onClick={() => lift(standing.stopId)}>
              {words.lift}
            </Button>
          ) : null}
        </div>
        {isLiftable ? <p className="text-sm text-ink-faint">{words.liftNote}</p> : null}
      </div>
    );
  return (
    <div className="grid gap-4 pt-1">
      <p className="text-ink-soft">{words.lead}</p>
      <ul className="grid list-disc gap-1.5 ps-5 text-[0.9375rem] text-ink-soft marker:text-ink-faint">
        {words.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="grid gap-2.5">
        <Button look="danger" size="large" busy={busy} onClick={press}>
          {busy ? words.sending : words.confirm}
        </Button>
        <Button look="quiet" onClick={onClose} disabled={busy}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}

const ICONS: Record<StopTargetState, typeof CircleCheck> = {
  CONFIRMED: CircleCheck,
  SENT: CircleDashed,
  QUEUED: CircleDashed,
  FAILED: TriangleAlert,
};
const COLOURS: Record<StopTargetState, string> = {
  CONFIRMED: 'text-accent',
  SENT: 'text-careful',
  QUEUED: 'text-careful',
  FAILED: 'text-broken',
};

/** Every campaign with what is known of it, those that still run first. */
export function StopResults({ stop }: { stop: StopView }) {
  const order: StopTargetState[] = ['FAILED', 'QUEUED', 'SENT', 'CONFIRMED'];
  const rows = [...stop.campaigns].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  if (rows.length === 0) return null;
  return (
    <ul aria-label={words.results} className="grid gap-px overflow-hidden rounded-xl border border-line bg-line">
      {rows.map((row) => {
        const Icon = ICONS[row.state];
        return (
          <li key={row.campaignId} className="flex gap-3 bg-surface px-4 py-3">
            <Icon aria-hidden="true" className={cn('mt-0.5 size-4.5 shrink-0', COLOURS[row.state])} />
            <div className="min-w-0">
              <p className="font-medium break-words">{row.name}</p>
              <p className={cn('text-sm', COLOURS[row.state])}>{stopStateSentence(row.state, row.reason)}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
