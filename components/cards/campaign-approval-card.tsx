'use client';
import { type ReactNode, useState } from 'react';
import type { CampaignApprovalView } from '@/lib/domain/message';
import { cardWords, goalWords } from '@/lib/words/en/cards';
import { chatWords } from '@/lib/words/en/chat';
import { formatMoment } from '@/lib/words/format';
import { useSurface } from '../chat/surface';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
import { CardFrame } from './card-frame';
import { PlanDetails } from './plan-details';
import { useApproval } from './use-approval';

const words = cardWords.plan;

/**
 * The whole plan, and the only button that can start it. What is drawn here is what the hash covers: a plan that changed
 * after this card was drawn cannot be approved with it.
 */
export function CampaignApprovalCard({ card }: { card: CampaignApprovalView }) {
  const over = isOver(card.state);
  const [unfolded, setUnfolded] = useState(false);
  return (
    <CardFrame
      eyebrow={`${words.eyebrow(card.planVersion)} · ${goalWords[card.plan.goal]}`}
      title={card.plan.name}
      badge={{ tone: APPROVAL_TONES[card.state], text: cardWords.approval.states[card.state] }}
      muted={over}
    >
      {over ? (
        <div className="grid gap-3">
          <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
          <Fold open={unfolded} onToggle={setUnfolded}>
            <PlanDetails card={card} />
          </Fold>
        </div>
      ) : (
        <>
          <PlanDetails card={card} />
          <Decision card={card} />
        </>
      )}
    </CardFrame>
  );
}

/** The content is built when it is asked for: an old plan costs nothing until someone looks. */
function Fold({ open, onToggle, children }: { open: boolean; onToggle: (open: boolean) => void; children: ReactNode }) {
  return (
    <details open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary className="target inline-flex items-center text-sm font-medium text-accent">
        {cardWords.approval.showOld}
      </summary>
      {open ? <div className="pt-2 opacity-75">{children}</div> : null}
    </details>
  );
}

function Decision({ card }: { card: CampaignApprovalView }) {
  const approval = useApproval(card);
  const surface = useSurface();
  const locale = useLocale();
  if (card.state !== 'WAITING')
    return (
      <div className="mt-6">
        <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
      </div>
    );
  return (
    <div className="mt-6 grid gap-4 rounded-2xl bg-accent-soft px-5 py-5">
      <p className="text-[0.9375rem] font-medium">{words.promise}</p>
      {approval.problem ? <ProblemNote problem={approval.problem} /> : null}
      {approval.sent ? (
        <p role="status" className="font-medium text-accent">
          {cardWords.approval.sent[approval.sent]}
        </p>
      ) : null}
      {approval.open ? (
        <div className="flex flex-col gap-2.5 sm:flex-row">
          <Button
            size="large"
            className="sm:min-w-44"
            busy={approval.sending === 'approve'}
            disabled={approval.sending !== null}
            onClick={() => approval.decide('approve')}
          >
            {words.approve}
          </Button>
          <Button
            size="large"
            look="secondary"
            busy={approval.sending === 'request_changes'}
            disabled={approval.sending !== null}
            onClick={() => approval.decide('request_changes', () => surface.ask('', chatWords.composer.changes))}
          >
            {words.change}
          </Button>
        </div>
      ) : null}
      <p className="text-micro text-ink-soft">{cardWords.approval.until(formatMoment(card.expiresAt, locale))}</p>
    </div>
  );
}
