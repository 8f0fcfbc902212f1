'use client';
import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { chatWords } from '@/lib/words/en/chat';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { storeDraft, storedDraft } from './stored-draft';

const words = chatWords.composer;
const MAX_LETTERS = 4_000;

export type ComposerHandle = { put: (text: string, placeholder?: string) => void };
type ComposerProps = {
  conversationId: string;
  busy: boolean;
  stopping: boolean;
  quickReplies: readonly string[];
  closed: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  ref: Ref<ComposerHandle>;
};

export function Composer({ conversationId, busy, stopping, quickReplies, closed, onSend, onStop, ref }: ComposerProps) {
  const [text, setText] = useState('');
  const [placeholder, setPlaceholder] = useState<string>(words.placeholder);
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => setText(storedDraft(conversationId)), [conversationId]);

  const write = (next: string) => {
    setText(next);
    storeDraft(conversationId, next);
  };

  useImperativeHandle(ref, () => ({
    put(prompt, hint) {
      // An empty prompt only points here: words already typed stay.
      if (prompt) write(prompt);
      setPlaceholder(hint ?? words.placeholder);
      requestAnimationFrame(() => {
        box.current?.focus();
        const end = box.current?.value.length ?? 0;
        box.current?.setSelectionRange(end, end);
      });
    },
  }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the words
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [text]);

  const send = (content: string) => {
    const trimmed = content.trim();
    if (!trimmed || busy) return;
    write('');
    setPlaceholder(words.placeholder);
    onSend(trimmed);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };

  if (closed) return <p className="px-4 pt-3 pb-5 text-center text-sm text-ink-faint">{words.closed}</p>;
  return (
    <div className="relative mx-auto w-full max-w-[46rem] px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 before:pointer-events-none before:absolute before:inset-x-0 before:-top-8 before:h-8 before:bg-linear-to-t before:from-paper before:to-transparent">
      {quickReplies.length > 0 ? (
        <ul aria-label={chatWords.quickReplies} className="mb-3 flex flex-wrap gap-2">
          {quickReplies.map((reply) => (
            <li key={reply}>
              <Chip disabled={busy} onClick={() => send(reply)}>
                {reply}
              </Chip>
            </li>
          ))}
        </ul>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
        className="relative flex items-end gap-2 rounded-[1.625rem] border border-line-strong bg-surface p-1.5 ps-4 shadow-card transition-colors focus-within:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
      >
        <textarea
          ref={box}
          rows={1}
          value={text}
          maxLength={MAX_LETTERS}
          aria-label={words.label}
          aria-describedby="composer-hint"
          placeholder={placeholder}
          enterKeyHint="send"
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-h-11 flex-1 resize-none bg-transparent py-2.5 text-base leading-normal text-ink outline-none placeholder:text-ink-faint focus-visible:outline-none"
        />
        {busy ? (
          <Button
            size="icon"
            look="secondary"
            className="size-11 rounded-full"
            aria-label={words.stop}
            disabled={stopping}
            onClick={onStop}
          >
            <Square aria-hidden="true" className="fill-current" />
          </Button>
        ) : (
          <Button
            type="submit"
            size="icon"
            className="size-11 rounded-full"
            aria-label={words.send}
            disabled={!text.trim()}
          >
            <ArrowUp aria-hidden="true" />
          </Button>
        )}
      </form>
      <p id="composer-hint" className="mt-2 text-center text-micro text-ink-faint">
        {words.money} <span className="max-sm:hidden">{words.hint}</span>
      </p>
    </div>
  );
}
