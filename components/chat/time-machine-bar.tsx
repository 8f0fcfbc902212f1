'use client';
import { Clock3 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { ChatView } from '@/lib/domain/views';
import { chatWords } from '@/lib/words/en/chat';
import { formatMoment } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { useAnnouncer } from '../ui/announcer';
import { Spinner } from '../ui/spinner';
import { useEvents } from '../wire/events';
import { call } from '../wire/send';

const words = chatWords.clock;
const STEPS = ['4h', '1d', '1w'] as const;
const LOOK_AGAIN_MS = 5_000;
type ClockState = { now: string; offsetMs: number; mayAdvance: boolean; running: boolean };

/** The bar while time passes: as much later as the step that was told. */
function movedTo(shown: ClockState, offsetMs: number): ClockState {
  const now = new Date(Date.parse(shown.now) + offsetMs - shown.offsetMs).toISOString();
  return { ...shown, now, offsetMs, running: true };
}

/** Moves a pretend shop's time. Exists only where every connection is a pretend one; the server checks that again. */
export function TimeMachineBar({ projectId, clock }: { projectId: string; clock: ChatView['clock'] }) {
  const [state, setState] = useState<ClockState>({ ...clock, running: false });
  const { toast, announce } = useAnnouncer();
  const locale = useLocale();

  const load = useCallback(async () => {
    const answer = await call<ClockState>('GET', `/api/projects/${projectId}/clock`);
    if (answer.ok) setState(answer.data);
  }, [projectId]);

  useEffect(() => void load(), [load]);
  useEvents(
    (event) => {
      if (event.type !== 'clock.advanced') return;
      const { offsetMs, running } = event.payload;
      // Forty-two steps a week, each of them told: only the last is worth a question.
      if (running !== true || typeof offsetMs !== 'number') void load();
      else setState((shown) => movedTo(shown, offsetMs));
    },
    (first) => {
      if (!first) void load();
    },
  );

  // The end of a run comes as an event; this is for the one that was missed.
  useEffect(() => {
    if (!state.running) return;
    const timer = setInterval(load, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state.running, load]);

  const moment = formatMoment(state.now, locale);
  useEffect(() => {
    if (state.offsetMs > 0 && !state.running) announce(words.done(moment));
  }, [state.offsetMs, state.running, moment, announce]);

  async function advance(by: (typeof STEPS)[number]) {
    setState((now) => ({ ...now, running: true }));
    const answer = await call<ClockState>('POST', `/api/projects/${projectId}/clock`, { advance: by });
    if (answer.ok) return setState({ ...answer.data, running: true });
    setState((now) => ({ ...now, running: false }));
    toast({ tone: 'broken', text: answer.problem.title, detail: answer.problem.next });
  }

  if (!state.mayAdvance) return null;
  return (
    <section
      aria-label={words.label}
      className="flex items-center justify-between gap-x-4 border-b border-careful-line bg-careful-soft px-4 py-1.5 text-sm text-careful sm:px-6"
    >
      <p className="flex min-w-0 items-center gap-2">
        {state.running ? <Spinner /> : <Clock3 aria-hidden="true" className="size-4" />}
        <span className="sr-only">{words.date} </span>
        <span className="figures font-semibold whitespace-nowrap max-sm:text-micro">{moment}</span>
        <span className="truncate max-lg:hidden">· {state.running ? words.running : words.note}</span>
      </p>
      <div className="flex shrink-0 gap-1.5">
        {STEPS.map((step) => (
          <button
            key={step}
            type="button"
            disabled={state.running}
            aria-label={words.steps[step]}
            onClick={() => advance(step)}
            className="target min-h-8 rounded-lg border border-careful-line bg-surface px-2.5 font-medium text-careful transition-colors hover:border-careful disabled:cursor-progress disabled:opacity-60"
          >
            <span className="max-sm:hidden">{words.steps[step]}</span>
            <span aria-hidden="true" className="sm:hidden">
              {words.shortSteps[step]}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
