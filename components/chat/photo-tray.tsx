import { TriangleAlert, X } from 'lucide-react';
import { chatWords } from '@/lib/words/en/chat';
import { cn } from '../ui/cn';
import { Spinner } from '../ui/spinner';
import type { Photo } from './use-photos';

const words = chatWords.photos;

/** Photos that wait beside the message box: seen before they are sent, each with its way out. */
export function PhotoTray({
  photos,
  note,
  onRemove,
}: {
  photos: readonly Photo[];
  note: string | null;
  onRemove: (key: string) => void;
}) {
  const failed = photos.flatMap((photo, index) =>
    photo.problem ? [{ number: index + 1, problem: photo.problem }] : [],
  );
  if (photos.length === 0 && !note) return null;
  return (
    <div className="grid gap-2 px-1 pt-1 pb-2">
      <ul aria-label={words.list} className="flex flex-wrap gap-2.5">
        {photos.map((photo, index) => (
          <li key={photo.key} className="relative">
            <Thumbnail photo={photo} number={index + 1} />
            <button
              type="button"
              onClick={() => onRemove(photo.key)}
              aria-label={words.remove(index + 1)}
              className="absolute -end-2 -top-2 grid size-7 place-items-center rounded-full border border-line-strong bg-surface text-ink-soft shadow-card before:absolute before:-inset-2 hover:text-ink"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
      {failed.map(({ number, problem }) => (
        <p key={number} role="alert" className="text-sm text-broken">
          {words.failed(number)}. {problem.title} {problem.next}
        </p>
      ))}
      {note ? (
        <p role="status" className="text-sm text-careful">
          {note}
        </p>
      ) : null}
    </div>
  );
}

function Thumbnail({ photo, number }: { photo: Photo; number: number }) {
  const state = photo.problem ? 'failed' : photo.attachment ? 'ready' : 'uploading';
  const said = { failed: words.failed(number), ready: words.ready(number), uploading: words.uploading }[state];
  return (
    <div
      className={cn(
        'relative size-18 overflow-hidden rounded-xl border bg-sunken',
        state === 'failed' ? 'border-broken-line' : 'border-line',
      )}
    >
      {state === 'failed' ? (
        <span role="img" aria-label={said} className="grid size-full place-items-center bg-broken-soft text-broken">
          <TriangleAlert aria-hidden="true" className="size-5" />
        </span>
      ) : (
        // biome-ignore lint/performance/noImgElement: a copy in this tab's memory
        <img
          src={photo.preview}
          alt={said}
          className={cn('size-full object-cover', state === 'uploading' ? 'opacity-50' : '')}
        />
      )}
      {state === 'uploading' ? (
        <>
          <span className="absolute inset-0 grid place-items-center text-lg text-ink">
            <Spinner />
          </span>
          <progress
            aria-label={words.uploading}
            max={1}
            value={photo.share}
            className="absolute inset-x-1.5 bottom-1.5 h-1 w-[calc(100%-0.75rem)] appearance-none overflow-hidden rounded-full bg-surface [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-surface [&::-webkit-progress-value]:bg-accent"
          />
        </>
      ) : null}
    </div>
  );
}
