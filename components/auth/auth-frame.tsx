import type { ReactNode } from 'react';
import { uiWords } from '@/lib/words/en/ui';
import { Wordmark } from '../shell/logo';
import { ThemeToggle } from '../shell/theme-toggle';

export function AuthFrame({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col px-5">
      <header className="mx-auto flex w-full max-w-5xl items-center justify-between py-5">
        <a href="/" aria-label={uiWords.home} className="target flex items-center rounded-control">
          <Wordmark />
        </a>
        <ThemeToggle />
      </header>
      <main id="content" className="m-auto w-full max-w-[25rem] pt-6 pb-20">
        <h1 className="text-headline font-semibold tracking-[-0.025em]">{title}</h1>
        <p className="mt-2 text-ink-soft">{lead}</p>
        <div className="mt-8">{children}</div>
      </main>
    </div>
  );
}
