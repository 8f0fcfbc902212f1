'use client';
import type { Attachment } from '@/lib/domain/attachment';
import type { MessageView } from '@/lib/domain/message';
import { dayIn } from '@/lib/domain/time';
import { chatWords as words } from '@/lib/words/en/chat';
import { formatDay, formatTime } from '@/lib/words/format';
import { MessageCard } from '../cards/message-card';
import { useLocale } from '../shell/locale';
import { Mark } from '../shell/logo';
import { cn } from '../ui/cn';
import { RichText } from './rich-text';
import { SentPhotos } from './sent-photos';

/** Oldest first, parted by day. The live announcement is made elsewhere, so that streaming does not chatter. */
export function MessageList({ messages }: { messages: readonly MessageView[] }) {
  const { locale, zone } = useLocale();
  let lastDay = '';
  let lastRole = '';
  const timed = lastOfTheirMinute(messages);
  return messages.map((message) => {
    const day = dayIn(zone, new Date(message.at));
    const newDay = day !== lastDay;
    const newSpeaker = newDay || message.role !== lastRole;
    lastDay = day;
    lastRole = message.role;
    return (
      <li
        key={message.id}
        id={`message-${message.id}`}
        data-message={message.kind}
        className={cn('scroll-mt-6', newSpeaker ? 'mt-7 first:mt-0' : 'mt-3')}
      >
        {newDay ? (
          <p className="mb-6 flex items-center gap-4 text-micro font-medium text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            {formatDay(day, locale)}
          </p>
        ) : null}
        <Message message={message} speaks={newSpeaker} timed={timed.has(message.id)} />
      </li>
    );
  });
}

/** What one speaker says within a minute carries the time once, at its end. */
function lastOfTheirMinute(messages: readonly MessageView[]): ReadonlySet<string> {
  const spoken = messages.filter(({ card }) => !card);
  return new Set(
    spoken
      .filter(({ role, at }, index) => {
        const next = spoken[index + 1];
        return next?.role !== role || next.at.slice(0, MINUTE) !== at.slice(0, MINUTE);
      })
      .map(({ id }) => id),
  );
}

/** Letters of a moment up to its minute: 2026-05-04T08:00 */
const MINUTE = 16;

function Message({ message, speaks, timed }: { message: MessageView; speaks: boolean; timed: boolean }) {
  const at = timed ? { at: message.at } : {};

  if (message.card)
    return (
      <div className="animate-rise">
        <MessageCard message={message} card={message.card} />
      </div>
    );
  if (message.role === 'owner')
    return <OwnBubble text={message.text} {...at} attachments={message.attachments ?? []} />;
  return <AgentText text={message.text} {...at} speaks={speaks} />;
}

type OwnBubbleProps = { text: string; at?: string; faded?: boolean; attachments?: readonly Attachment[] };

export function OwnBubble({ text, at, faded = false, attachments = [] }: OwnBubbleProps) {
  return (
    <div className="ms-auto grid w-fit max-w-[min(85%,34rem)] justify-items-end gap-1.5">
      {attachments.length > 0 ? <SentPhotos attachments={attachments} faded={faded} /> : null}
      {text ? (
        <div
          className={cn('rounded-3xl rounded-ee-lg bg-accent px-4.5 py-2.5 text-on-accent', faded ? 'opacity-70' : '')}
        >
          <span className="sr-only">{words.you}: </span>
          <p className="break-words whitespace-pre-wrap">{text}</p>
        </div>
      ) : null}
      {at ? <Clock at={at} /> : null}
    </div>
  );
}

export function AgentText({ text, at, speaks }: { text: string; at?: string; speaks: boolean }) {
  return (
    <div className="grid max-w-[40rem] gap-1">
      {speaks ? <Speaker /> : null}
      <RichText text={text} />
      {at ? <Clock at={at} /> : null}
    </div>
  );
}

export function Speaker() {
  return (
    <p className="mb-1 flex items-center gap-2 text-sm font-semibold">
      <Mark className="size-5.5" />
      {words.agent}
    </p>
  );
}

function Clock({ at }: { at: string }) {
  return (
    <time dateTime={at} className="figures text-micro text-ink-faint">
      {formatTime(at, useLocale())}
    </time>
  );
}
