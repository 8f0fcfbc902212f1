import type { ReactNode } from 'react';
import { Mark } from './logo';

/** A whole page that says one thing: not found, broken. */
export function MessagePage({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <main id="content" className="grid min-h-dvh place-items-center px-5 py-16">
      <div className="grid max-w-md justify-items-center gap-4 text-center">
        <Mark className="size-11" />
        <h1 className="text-headline font-semibold tracking-[-0.025em]">{title}</h1>
        <p className="text-ink-soft">{body}</p>
        <div className="mt-3 flex flex-wrap justify-center gap-3">{children}</div>
      </div>
    </main>
  );
}
