'use client';
import type { BundleApprovalView } from '@/lib/domain/message';
import { actionAsked } from '@/lib/words/en/actions';
import { bundleWords as words } from '@/lib/words/en/bundle';
import { cardWords } from '@/lib/words/en/cards';
import { formatMoney } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { Badge } from '../ui/badge';
import { ACTION_TONES } from './action-tones';
import { ApprovalFoot } from './approval-foot';
import { APPROVAL_TONES, ApprovalStatus, isOver } from './approval-status';
import { CardFrame } from './card-frame';
import { Because } from './evidence-view';

/** Several small changes of one day: each with its reason, one press for exactly these. */
export function BundleApprovalCard({ card }: { card: BundleApprovalView }) {
  const { locale } = useLocale();
  const count = card.items.length;
  return (
    <CardFrame
      eyebrow={words.eyebrow}
      title={words.title(count)}
      badge={{ tone: APPROVAL_TONES[card.state], text: cardWords.approval.states[card.state] }}
      muted={isOver(card.state)}
    >
      {isOver(card.state) ? (
        <ApprovalStatus state={card.state} decidedAt={card.decidedAt} />
      ) : (
        <>
          <ol aria-label={words.listTitle} className="grid">
            {card.items.map((item, index) => (
              <li
                key={item.actionId}
                className="grid grid-cols-[1.75rem_1fr] gap-x-3 border-t border-line py-4 first:border-0 first:pt-0"
              >
                <span
                  aria-hidden="true"
                  className="figures grid size-7 place-items-center rounded-full bg-sunken text-sm font-medium text-ink-soft"
                >
                  {index + 1}
                </span>
                <div className="min-w-0">
                  <p className="font-medium break-words">
                    {actionAsked({ action: item.action, subject: item.subjectName }, locale)}
                  </p>
                  <p className="mt-0.5 text-micro text-ink-faint">{item.campaignName}</p>
                  <p className="mt-1.5 text-[0.9375rem] text-ink-soft">
                    <Because evidence={item.evidence} />
                  </p>
                  {card.state === 'WAITING' ? null : (
                    <p className="mt-2">
                      <Badge tone={ACTION_TONES[item.state]}>{cardWords.action.states[item.state]}</Badge>
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ol>
          {card.perDayChange && card.state === 'WAITING' ? <PerDay change={card.perDayChange} /> : null}
          <ApprovalFoot
            card={card}
            promise={words.lead}
            approve={words.approve(count)}
            other={{ decision: 'decline', label: words.decline }}
          />
        </>
      )}
    </CardFrame>
  );
}

function PerDay({ change }: { change: NonNullable<BundleApprovalView['perDayChange']> }) {
  const { locale } = useLocale();
  const less = change.minor.startsWith('-');
  const money = formatMoney({ ...change, minor: less ? change.minor.slice(1) : change.minor }, locale);
  const said =
    BigInt(change.minor) === 0n ? words.perDay.same : less ? words.perDay.less(money) : words.perDay.more(money);
  return <p className="rounded-xl bg-sunken px-4 py-2.5 text-sm font-medium">{said}</p>;
}
