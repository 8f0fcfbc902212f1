'use client';
import type { ReleaseApprovalView } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { releaseWords as words } from '@/lib/words/en/stop';
import { formatMoney } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { Badge } from '../ui/badge';
import { ACTION_TONES } from './action-tones';
import { ApprovalFoot } from './approval-foot';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
import { CardFrame, Part } from './card-frame';

/** Lifting the emergency stop: exactly what runs again, and what that costs a day. */
export function ReleaseApprovalCard({ card }: { card: ReleaseApprovalView }) {
  return (
    <CardFrame
      eyebrow={words.eyebrow}
      title={card.state === 'WAITING' || isOver(card.state) ? words.title : words.titleDone}
      badge={{ tone: APPROVAL_TONES[card.state], text: cardWords.approval.states[card.state] }}
      muted={isOver(card.state)}
    >
      {isOver(card.state) ? (
        <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
      ) : (
        <>
          {card.state === 'WAITING' ? (
            <p className="text-[0.9375rem] text-ink-soft">{card.campaigns.length > 0 ? words.lead : words.nothing}</p>
          ) : null}
          {card.campaigns.length > 0 ? <Campaigns card={card} /> : null}
          <ApprovalFoot card={card} approve={words.approve} other={{ decision: 'decline', label: words.decline }} />
        </>
      )}
    </CardFrame>
  );
}

function Campaigns({ card }: { card: ReleaseApprovalView }) {
  const { locale } = useLocale();
  return (
    <Part title={words.listTitle} {...(card.state === 'WAITING' ? { note: words.limits } : {})}>
      <ul className="grid">
        {card.campaigns.map((campaign) => (
          <li
            key={campaign.actionId}
            className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 border-t border-line py-2.5 first:border-0"
          >
            <span className="grid min-w-0 justify-items-start gap-1.5">
              <span className="font-medium break-words">{campaign.name}</span>
              {card.state === 'WAITING' ? null : (
                <Badge tone={ACTION_TONES[campaign.state]}>{cardWords.action.states[campaign.state]}</Badge>
              )}
            </span>
            <span className="figures text-[0.9375rem]">{words.perDay(formatMoney(campaign.perDay, locale))}</span>
          </li>
        ))}
      </ul>
      {card.campaigns.length > 1 ? (
        <p className="figures border-t border-line-strong pt-2.5 text-end font-semibold">
          {card.total.map((amount) => words.total(formatMoney(amount, locale))).join(' ')}
        </p>
      ) : null}
    </Part>
  );
}
