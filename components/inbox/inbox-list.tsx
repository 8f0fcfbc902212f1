'use client';
import { ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Card } from '@/lib/domain/message';
import type { MoneyJson } from '@/lib/domain/money';
import { inboxWords as words } from '@/lib/words/en/admin';
import { formatMoment, formatMoney } from '@/lib/words/format';
import { MessageCard } from '../cards/message-card';
import { SurfaceProvider } from '../chat/surface';
import { useLocale } from '../shell/locale';
import { Badge } from '../ui/badge';
import { cn } from '../ui/cn';

export type InboxEntry = {
  approvalId: string;
  kind: string;
  projectId: string;
  projectName: string;
  conversationId: string | null;
  text: string;
  risk: 'normal' | 'high';
  perDayChange: MoneyJson | null;
  expiresAt: string;
  mayDecide: boolean;
  card: Card;
};

/** One line per card; the whole card unfolds under it, because nobody should approve what they have not seen. */
export function InboxList({ items }: { items: readonly InboxEntry[] }) {
  const [open, setOpen] = useState<string | null>(items.length === 1 ? (items[0]?.approvalId ?? null) : null);
  return (
    <ul className="grid grid-cols-1 gap-4">
      {items.map((item) => (
        <li key={item.approvalId}>
          <InboxRow
            item={item}
            open={open === item.approvalId}
            onToggle={() => setOpen((now) => (now === item.approvalId ? null : item.approvalId))}
          />
        </li>
      ))}
    </ul>
  );
}

function InboxRow({ item, open, onToggle }: { item: InboxEntry; open: boolean; onToggle: () => void }) {
  const router = useRouter();
  const locale = useLocale();
  const chat = `/chat/${item.projectId}${item.conversationId ? `?conversation=${item.conversationId}` : ''}`;
  const id = `card-${item.approvalId}`;
  return (
    <article className="grid grid-cols-1 gap-3">
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={onToggle}
          className="flex w-full items-start gap-4 rounded-card border border-line bg-surface px-5 py-4 text-start shadow-card hover:border-line-strong"
        >
          <span className="grid min-w-0 flex-1 gap-1">
            <span className="flex flex-wrap items-center gap-2 text-sm text-ink-faint">
              <span className="truncate font-medium">{item.projectName}</span>
              <Badge>{words.kinds[item.kind] ?? words.kindOther}</Badge>
              {item.risk === 'high' ? <Badge tone="careful">{words.high}</Badge> : null}
            </span>
            {open ? (
              <span className="text-sm font-medium text-accent">{words.hide}</span>
            ) : (
              <>
                <span className="font-semibold break-words">{item.text}</span>
                <span className="figures flex flex-wrap gap-x-3 text-sm text-ink-soft">
                  {item.perDayChange ? <Change change={item.perDayChange} /> : null}
                  <span>{words.until(formatMoment(item.expiresAt, locale))}</span>
                </span>
              </>
            )}
          </span>
          <ChevronDown
            aria-hidden="true"
            className={cn('mt-1 size-5 shrink-0 text-ink-faint transition-transform', open ? 'rotate-180' : '')}
          />
        </button>
      </h2>
      <div id={id} hidden={!open}>
        {open ? (
          <SurfaceProvider
            value={{
              interactive: item.mayDecide,
              projectId: item.projectId,
              conversationId: item.conversationId,
              changed: () => router.refresh(),
              // What should be different is said in the chat the card belongs to.
              ask: () => router.push(chat),
            }}
          >
            <MessageCard message={{ text: item.text }} card={item.card} />
            <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 px-1 text-sm">
              {item.mayDecide ? null : <span className="text-ink-soft">{words.notYours}</span>}
              <a href={chat} className="link target inline-flex items-center">
                {words.chat}
              </a>
            </p>
          </SurfaceProvider>
        ) : null}
      </div>
    </article>
  );
}

function Change({ change }: { change: MoneyJson }) {
  const { locale } = useLocale();
  const less = change.minor.startsWith('-');
  const money = formatMoney({ ...change, minor: less ? change.minor.slice(1) : change.minor }, locale);
  if (change.minor === '0') return null;
  return <span>{less ? words.perDay.less(money) : words.perDay.more(money)}</span>;
}
