'use client';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import type { AppErrorCode } from '@/lib/domain/errors';
import type { DeployProgressView } from '@/lib/domain/message';
import type { Problem } from '@/lib/domain/views';
import { cardWords } from '@/lib/words/en/cards';
import { campaignStatusWords } from '@/lib/words/en/dashboard';
import { errorWords } from '@/lib/words/en/errors';
import { useSurface } from '../chat/surface';
import { STATUS_TONES } from '../dashboard/project-card';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Spinner } from '../ui/spinner';
import { call } from '../wire/send';
import { CardFrame } from './card-frame';

const words = cardWords.deploy;
type Step = DeployProgressView['steps'][number];

/** Every step by name, so that waiting is never a spinner without words. */
export function DeployProgressCard({ card }: { card: DeployProgressView }) {
  const failed = card.problem !== null || card.status === 'DEPLOY_FAILED';
  const finished = card.steps.every(({ state }) => state === 'done');
  const title = failed
    ? words.titleFailed(card.campaignName)
    : finished
      ? words.titleDone(card.campaignName)
      : words.title(card.campaignName);
  const after =
    card.status === 'IN_REVIEW'
      ? words.inReview
      : card.status === 'ACTIVE'
        ? words.active
        : finished
          ? null
          : words.running;
  return (
    <CardFrame title={title} badge={{ tone: STATUS_TONES[card.status], text: campaignStatusWords[card.status] }}>
      <ol className="mt-1">
        {card.steps.map((step, index) => (
          <StepRow key={step.step} step={step} last={index === card.steps.length - 1} />
        ))}
      </ol>
      {failed ? <Failed card={card} /> : after ? <p className="mt-4 text-[0.9375rem] text-ink-soft">{after}</p> : null}
    </CardFrame>
  );
}

function StepRow({ step, last }: { step: Step; last: boolean }) {
  const { state } = step;
  return (
    <li className="relative flex gap-3.5 pb-4 last:pb-0" aria-current={state === 'running' ? 'step' : undefined}>
      {last ? null : (
        <span
          aria-hidden="true"
          className={cn(
            'absolute start-[0.8125rem] top-7 bottom-0 w-0.5 -translate-x-1/2 rtl:translate-x-1/2',
            state === 'done' ? 'bg-accent' : 'bg-line',
          )}
        />
      )}
      <span
        aria-hidden="true"
        className={cn('grid size-6.5 shrink-0 place-items-center rounded-full border-2', {
          'border-accent bg-accent text-on-accent': state === 'done',
          'border-transparent text-accent [&_svg]:size-6.5': state === 'running',
          'border-line-strong/50': state === 'waiting',
          'border-broken bg-broken-soft text-broken': state === 'failed',
        })}
      >
        {state === 'done' ? (
          <Check className="size-3.5" strokeWidth={3} />
        ) : state === 'failed' ? (
          <X className="size-3.5" strokeWidth={3} />
        ) : state === 'running' ? (
          <Spinner />
        ) : null}
      </span>
      <span
        className={cn(
          'pt-px text-[0.9375rem]',
          state === 'waiting' ? 'text-ink-faint' : state === 'running' ? 'font-semibold' : '',
        )}
      >
        {words.steps[step.step]}
        <span className="sr-only">: {words.stepStates[state]}</span>
      </span>
    </li>
  );
}

function Failed({ card }: { card: DeployProgressView }) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const known =
    card.problem && card.problem in errorWords ? errorWords[card.problem as AppErrorCode] : errorWords.internal;
  const problem: Problem = refused ?? {
    type: 'about:blank',
    status: 500,
    code: card.problem ?? 'internal',
    detail: known.title,
    referenceId: card.referenceId ?? '',
    ...known,
    money: words.nothingRuns,
  };

  async function resume() {
    setBusy(true);
    const answer = await call('POST', '/api/campaigns/deploy', { campaignRecordId: card.campaignId });
    setBusy(false);
    setRefused(answer.ok ? null : answer.problem);
    surface.changed();
  }
  return (
    <div className="mt-4 grid gap-3">
      <ProblemNote problem={problem} />
      {surface.interactive ? (
        <div>
          <Button look="secondary" busy={busy} onClick={resume}>
            {words.resume}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
