'use client';
import { type ReactNode, useState } from 'react';
import type { CampaignApprovalView } from '@/lib/domain/message';
import { cardWords, goalWords } from '@/lib/words/en/cards';
import { chatWords } from '@/lib/words/en/chat';
import { useSurface } from '../chat/surface';
import { ApprovalFoot } from './approval-foot';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
import { CardFrame } from './card-frame';
import { PlanDetails } from './plan-details';

const words = cardWords.plan;

/**
 * The whole plan, and the only button that can start it. What is drawn here is what the hash covers: a plan that changed
 * after this card was drawn cannot be approved with it.
 */
export function CampaignApprovalCard({ card }: { card: CampaignApprovalView }) {
  const over = isOver(card.state);
  const surface = useSurface();
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
          <ApprovalFoot
            card={card}
            promise={words.promise}
            approve={words.approve}
            other={{
              decision: 'request_changes',
              label: words.change,
              after: () => surface.ask('', chatWords.composer.changes),
            }}
          />
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
