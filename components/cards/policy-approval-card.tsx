'use client';
import type { PolicyApprovalView } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { policyWords } from '@/lib/words/en/policy';
import { ApprovalFoot } from './approval-foot';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
import { BeforeAfterTable } from './before-after-table';
import { CardFrame } from './card-frame';

const words = cardWords.action;

/** Other limits, asked for: line by line what holds now and what would hold then. */
export function PolicyApprovalCard({ card }: { card: PolicyApprovalView }) {
  const over = isOver(card.state);
  return (
    <CardFrame
      eyebrow={words.eyebrow}
      title={policyWords.cardTitle}
      badge={{ tone: APPROVAL_TONES[card.state], text: cardWords.approval.states[card.state] }}
      muted={over}
    >
      {over ? (
        <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
      ) : (
        <>
          {card.risk === 'high' ? (
            <p className="mb-4 rounded-xl bg-careful-soft px-4 py-2.5 text-sm font-medium text-careful">{words.high}</p>
          ) : null}
          <BeforeAfterTable title={policyWords.cardTitle} rows={card.changes} />
          <ApprovalFoot card={card} approve={words.approve} other={{ decision: 'decline', label: words.decline }} />
        </>
      )}
    </CardFrame>
  );
}
