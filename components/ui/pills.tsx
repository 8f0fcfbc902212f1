import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from './cn';

/** A row of links that choose what a page shows. On a phone it scrolls sideways. */
export function Pills({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="-mx-5 overflow-x-auto px-5 py-1 [scrollbar-width:none] sm:mx-0 sm:px-1">
      <ul className="flex w-max gap-2 sm:w-auto sm:flex-wrap">{children}</ul>
    </nav>
  );
}

export function Pill({ href, current, children }: { href: string; current: boolean; children: string }) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        aria-current={current ? 'true' : undefined}
        className={cn(
          'target inline-flex min-h-9 items-center rounded-full border px-3.5 text-sm font-medium whitespace-nowrap',
          current
            ? 'border-accent bg-accent-soft text-accent'
            : 'border-line-strong/50 bg-surface text-ink-soft hover:border-accent hover:text-ink',
        )}
      >
        {children}
      </Link>
    </li>
  );
}
