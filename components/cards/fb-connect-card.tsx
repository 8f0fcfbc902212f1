import { Check, Minus } from 'lucide-react';
import type { Card } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { useSurface } from '../chat/surface';
import { ButtonLink } from '../ui/button';
import { CardFrame } from './card-frame';

const words = cardWords.connect;
type ConnectCard = Extract<Card, { kind: 'FB_CONNECT' }>;

export function FbConnectCard({ card }: { card: ConnectCard }) {
  const surface = useSurface();
  if (card.state === 'connected') {
    return (
      <CardFrame title={words.connected} badge={{ tone: 'good', text: words.done }}>
        {card.accountName ? <p className="text-ink-soft">{words.connectedAs(card.accountName)}</p> : null}
      </CardFrame>
    );
  }
  const query = new URLSearchParams({
    projectId: card.projectId,
    ...(surface.conversationId ? { conversationId: surface.conversationId } : {}),
  });
  return (
    <CardFrame title={words.title}>
      {card.state === 'waiting' ? null : (
        <p
          className={
            card.state === 'broken'
              ? 'mb-4 rounded-xl bg-broken-soft px-4 py-3 text-sm text-broken'
              : 'mb-4 rounded-xl bg-careful-soft px-4 py-3 text-sm text-careful'
          }
        >
          {leadOf(card)}
        </p>
      )}
      {card.missing ? (
        <ul className="mb-4 grid gap-2 font-medium">
          {card.missing.map((need) => (
            <li key={need} className="flex gap-2.5">
              <Minus aria-hidden="true" className="mt-1 size-4 shrink-0 text-careful" />
              {words.missing[need]}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="text-ink-soft">{words.lead}</p>
      <div className="mt-5 grid gap-6 sm:grid-cols-2">
        <Promises title={words.asksTitle} items={words.asks} allowed />
        <Promises title={words.neverTitle} items={words.never} allowed={false} />
      </div>
      {surface.interactive ? (
        <div className="mt-6 grid gap-3 sm:justify-items-start">
          <ButtonLink size="large" href={`/api/auth/facebook?${query}`}>
            {card.state === 'waiting' ? words.button : words.again}
          </ButtonLink>
          {card.simulated ? <p className="text-sm text-ink-faint">{words.simulated}</p> : null}
        </div>
      ) : null}
    </CardFrame>
  );
}

/** Why there is a card although somebody signed in before. */
function leadOf(card: ConnectCard): string {
  if (card.state === 'broken') return words.broken;
  if (card.state === 'ending') return words.ending;
  return card.missing ? words.missingLead : words.denied;
}

function Promises({ title, items, allowed }: { title: string; items: string[]; allowed: boolean }) {
  const Icon = allowed ? Check : Minus;
  return (
    <div>
      <h4 className="text-sm font-semibold">{title}</h4>
      <ul className="mt-2 grid gap-2 text-[0.9375rem]">
        {items.map((item) => (
          <li key={item} className="flex gap-2.5">
            <Icon
              aria-hidden="true"
              className={allowed ? 'mt-1 size-4 shrink-0 text-accent' : 'mt-1 size-4 shrink-0 text-ink-faint'}
            />
            {item}
          </li>
        ))}
      </ul>
    </div>
  );
}
