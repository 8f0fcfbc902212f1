'use client';
import type { Attachment } from '@/lib/domain/attachment';
import { chatWords } from '@/lib/words/en/chat';
import { cn } from '../ui/cn';
import { useFileHref } from '../wire/file-href';

/** Photos of a sent message, at a size that keeps the talk readable; a press opens one alone. */
export function SentPhotos({ attachments, faded = false }: { attachments: readonly Attachment[]; faded?: boolean }) {
  const all = attachments.length;
  const fileHref = useFileHref();
  return (
    <ul className={cn('flex flex-wrap justify-end gap-2', faded ? 'opacity-70' : '')}>
      {attachments.map(({ fileId, width, height }, index) => (
        <li key={fileId}>
          <a
            href={fileHref(fileId)}
            target="_blank"
            rel="noreferrer"
            className="block overflow-hidden rounded-2xl border border-line"
          >
            {/* biome-ignore lint/performance/noImgElement: private, content-addressed files; an optimizer would need the owner's cookie */}
            <img
              src={fileHref(fileId)}
              alt={chatWords.photos.alt(index + 1, all)}
              width={width}
              height={height}
              loading="lazy"
              decoding="async"
              className={cn(
                'bg-sunken object-cover',
                all === 1 ? 'h-auto max-h-56 w-auto max-w-full' : 'size-28 sm:size-32',
              )}
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
