import type { ReactNode } from 'react';
import { cardWords } from '@/lib/words/en/cards';

type FeedFrameProps = { page: string; text: string; headline: string; button: string; picture: ReactNode };

/** An ad as a reader of the feed meets it. Colours are the feed's own in both lights, because that is how it will look. */
export function FeedFrame({ page, text, headline, button, picture }: FeedFrameProps) {
  return (
    <div className="flex h-full flex-col overflow-hidden rounded-2xl border border-line bg-white text-[#1c1e21] shadow-card">
      <div className="flex items-center gap-2 px-3 pt-3">
        <span
          aria-hidden="true"
          className="grid size-8 shrink-0 place-items-center rounded-full bg-[#0f5b45] text-sm font-semibold text-white"
        >
          {initialOf(page)}
        </span>
        <div className="min-w-0 leading-tight">
          <p className="truncate text-[0.8125rem] font-semibold">{page}</p>
          <p className="text-xs text-[#65676b]">{cardWords.feed.sponsored}</p>
        </div>
      </div>
      <p className="flex-1 px-3 py-2 text-[0.8125rem] leading-snug break-words">{text}</p>
      {picture}
      <div className="flex flex-wrap items-center justify-between gap-2 bg-[#f0f2f5] px-3 py-2.5 min-h-[3.75rem]">
        <p className="min-w-0 flex-1 basis-28 text-[0.8125rem] leading-tight font-semibold break-words">{headline}</p>
        <span className="shrink-0 rounded-md bg-[#d8dadf] px-2.5 py-1.5 text-xs font-semibold">{button}</span>
      </div>
    </div>
  );
}

function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '·';
}
