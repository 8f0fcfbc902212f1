'use client';
import { ArrowUp, ImagePlus, Square } from 'lucide-react';
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Attachment, PHOTO_TYPES } from '@/lib/domain/attachment';
import { chatWords } from '@/lib/words/en/chat';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { cn } from '../ui/cn';
import { PhotoTray } from './photo-tray';
import { storeDraft, storedDraft } from './stored-draft';
import { usePhotos } from './use-photos';

const words = chatWords.composer;
const MAX_LETTERS = 4_000;

export type ComposerHandle = { put: (text: string, placeholder?: string) => void };
type ComposerProps = {
  conversationId: string;
  busy: boolean;
  stopping: boolean;
  quickReplies: readonly string[];
  closed: boolean;
  onSend: (text: string, attachments: readonly Attachment[]) => void;
  onStop: () => void;
  ref: Ref<ComposerHandle>;
};

export function Composer({ conversationId, busy, stopping, quickReplies, closed, onSend, onStop, ref }: ComposerProps) {
  const [text, setText] = useState('');
  const [placeholder, setPlaceholder] = useState<string>(words.placeholder);
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [dropping, setDropping] = useState(false);
  const { photos, note, add, remove, take, busy: uploading, ready } = usePhotos();

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
    if ((!trimmed && ready === 0) || busy || uploading) return;
    write('');
    setPlaceholder(words.placeholder);
    onSend(trimmed, take());
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const files = [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'));
    // Tables and pages come with a picture of themselves: there the words are meant.
    if (files.length === 0 || event.clipboardData.getData('text/plain')) return;
    event.preventDefault();
    add(files);
  };
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    setDropping(false);
    add(event.dataTransfer.files);
  };
  const onDragOver = (event: DragEvent) => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    setDropping(true);
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
        onDrop={onDrop}
        onDragOver={onDragOver}
        onDragLeave={() => setDropping(false)}
        className={cn(
          'relative rounded-[1.625rem] border border-line-strong bg-surface p-1.5 shadow-card transition-colors focus-within:border-accent has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-accent',
          dropping ? 'border-dashed border-accent bg-accent-soft' : '',
        )}
      >
        <PhotoTray photos={photos} note={note} onRemove={remove} />
        <div className="flex items-end gap-1.5">
          <input
            ref={chooser}
            type="file"
            accept={PHOTO_TYPES.join(',')}
            multiple
            hidden
            aria-label={chatWords.photos.attach}
            onChange={(event) => {
              add(event.target.files ?? []);
              event.target.value = '';
              box.current?.focus();
            }}
          />
          <Button
            size="icon"
            look="quiet"
            className="size-11 rounded-full"
            aria-label={chatWords.photos.attach}
            onClick={() => chooser.current?.click()}
          >
            <ImagePlus aria-hidden="true" />
          </Button>
          <textarea
            ref={box}
            rows={1}
            value={text}
            maxLength={MAX_LETTERS}
            aria-label={words.label}
            aria-describedby="composer-hint"
            placeholder={dropping ? chatWords.photos.drop : placeholder}
            enterKeyHint="send"
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
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
              disabled={uploading || (!text.trim() && ready === 0)}
            >
              <ArrowUp aria-hidden="true" />
            </Button>
          )}
        </div>
      </form>
      <p id="composer-hint" className="mt-2 text-center text-micro text-balance text-ink-faint">
        {words.money} <span className="max-sm:hidden">{words.hint}</span>
      </p>
    </div>
  );
}
