'use client';
import { isRemoval } from '@/lib/domain/action';
import type { ActionApprovalView } from '@/lib/domain/message';
import { actionAsked } from '@/lib/words/en/actions';
import { testCardWords } from '@/lib/words/en/ad-tests';
import { cardWords } from '@/lib/words/en/cards';
import type { Locale } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { ActionSubject } from './action-subject';
import { ApprovalFoot } from './approval-foot';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
import { CardFrame, Part } from './card-frame';
import { Because, EvidenceView, namesOf } from './evidence-view';

const words = cardWords.action;

/** One bigger step, asked for: what, what it does to the money, why. */
export function ActionApprovalCard({ card }: { card: ActionApprovalView }) {
  const { locale } = useLocale();
  const over = isOver(card.state);
  const badge = { tone: APPROVAL_TONES[card.state], text: cardWords.approval.states[card.state] };
  return (
    <CardFrame
      eyebrow={`${words.eyebrow} · ${card.campaignName}`}
      title={titleOf(card, locale)}
      badge={badge}
      muted={over}
    >
      {over ? (
        <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
      ) : (
        <>
          {card.risk === 'high' ? (
            <p className="mb-4 rounded-xl bg-careful-soft px-4 py-2.5 text-sm font-medium text-careful">
              {isRemoval(card.action) ? words.highRemoval : words.high}
            </p>
          ) : null}
          <ActionSubject card={card} />
          <Part title={words.why}>
            <p className="mb-3 text-[0.9375rem]">
              <Because evidence={card.evidence} />
            </p>
            {card.evidence.facts.length > 0 ? (
              <details>
                <summary className="target inline-flex items-center text-sm font-medium text-accent">
                  {words.numbers}
                </summary>
                <div className="pt-2">
                  <EvidenceView evidence={card.evidence} names={namesOf(card)} />
                </div>
              </details>
            ) : null}
          </Part>
          <ApprovalFoot
            card={card}
            danger={isRemoval(card.action)}
            approve={approveLabel(card)}
            other={{ decision: 'decline', label: words.decline }}
          />
        </>
      )}
    </CardFrame>
  );
}

/** What exactly changes about the audience stands below, line by line. */
function titleOf(card: ActionApprovalView, locale: Locale): string {
  if (card.action.kind === 'set_audience') return words.audience.ask;
  return actionAsked({ action: card.action, subject: card.subjectName, campaign: card.campaignName }, locale);
}

function approveLabel({ action }: ActionApprovalView): string {
  if (isRemoval(action)) return words.approveRemoval;
  return action.kind === 'start_test' ? testCardWords.approve : words.approve;
}
