'use client';
import type { TurnChunk } from '@/lib/domain/views';
import { chatWords as words } from '@/lib/words/en/chat';
import { errorWords } from '@/lib/words/en/errors';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { OwnBubble, Speaker } from './message-list';
import { RichText } from './rich-text';
import type { Draft, Pending } from './use-conversation';

/** Own messages that are still on their way, or did not arrive. */
export function PendingMessages({
  pending,
  onRetry,
  onDiscard,
}: {
  pending: Pending[];
  onRetry: (message: Pending) => void;
  onDiscard: (id: string) => void;
}) {
  return pending.map((message) => (
    <li key={message.id} data-message="pending" className="mt-7 grid gap-2 first:mt-0">
      <OwnBubble text={message.content} attachments={message.attachments} faded />
      {message.problem ? (
        <div className="ms-auto grid w-full max-w-md gap-2">
          <ProblemNote problem={message.problem} />
          <div className="flex justify-end gap-2">
            <Button look="quiet" size="small" onClick={() => onDiscard(message.id)}>
              {words.discard}
            </Button>
            <Button look="secondary" size="small" onClick={() => onRetry(message)}>
              {words.retry}
            </Button>
          </div>
        </div>
      ) : null}
    </li>
  ));
}

/** The answer while it is written. Hidden from screen readers until it is whole; then it is announced once. */
export function LiveDraft({ draft, waiting, speaks }: { draft: Draft | null; waiting: boolean; speaks: boolean }) {
  if (!draft && !waiting) return null;
  const text = draft?.text ?? '';
  const doing = draft?.tool ? (words.tools[draft.tool] ?? words.toolOther) : text ? null : words.thinking;
  return (
    <li data-message="draft" aria-hidden="true" className="mt-7 grid max-w-[40rem] gap-2 first:mt-0">
      {speaks ? <Speaker /> : null}
      {text ? <RichText text={text} /> : null}
      {doing ? (
        <p className="flex items-center gap-2.5 text-[0.9375rem] text-ink-faint">
          <span className="size-2 animate-breathe rounded-full bg-accent" />
          {doing}
        </p>
      ) : null}
    </li>
  );
}

/** How the last turn ended, when that is worth saying. */
export function TurnEnd({ ended }: { ended: Extract<TurnChunk, { type: 'end' }> | null }) {
  if (!ended || ended.status === 'done') return null;
  if (ended.status === 'stopped') return <li className="mt-3 text-sm text-ink-faint">{words.stopped}</li>;
  const known =
    ended.errorCode && ended.errorCode in errorWords
      ? errorWords[ended.errorCode as keyof typeof errorWords]
      : errorWords.internal;
  return (
    <li className="mt-4 max-w-md">
      <ProblemNote
        problem={{
          type: 'about:blank',
          status: 500,
          code: ended.errorCode ?? 'internal',
          detail: words.turnFailed,
          referenceId: ended.referenceId ?? '',
          ...known,
        }}
      />
    </li>
  );
}
