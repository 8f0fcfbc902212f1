'use client';
import type { PolicyApprovalView } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { policyWords } from '@/lib/words/en/policy';
import { ApprovalFoot } from './approval-foot';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
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
          <table className="figures w-full text-start text-[0.9375rem]">
            <caption className="sr-only">{policyWords.cardTitle}</caption>
            <thead>
              <tr className="text-micro text-ink-faint">
                <th scope="col" className="pb-1.5 text-start font-medium">
                  <span className="sr-only">{policyWords.title}</span>
                </th>
                <th scope="col" className="pb-1.5 text-end font-medium">
                  {words.before}
                </th>
                <th scope="col" className="pb-1.5 text-end font-medium">
                  {words.after}
                </th>
              </tr>
            </thead>
            <tbody>
              {card.changes.map((change) => (
                <tr key={change.field} className="border-t border-line">
                  <th scope="row" className="py-2 pe-3 text-start font-normal text-ink-soft">
                    {change.label}
                  </th>
                  <td className="py-2 text-end text-ink-soft">{change.before}</td>
                  <td className="py-2 ps-3 text-end font-semibold">{change.after}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <ApprovalFoot card={card} approve={words.approve} other={{ decision: 'decline', label: words.decline }} />
        </>
      )}
    </CardFrame>
  );
}
