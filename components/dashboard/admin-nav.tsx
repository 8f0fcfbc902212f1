'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { navWords as words } from '@/lib/words/en/admin';
import { cn } from '../ui/cn';

const PAGES = [
  ['/dashboard', words.shops],
  ['/dashboard/inbox', words.inbox],
  ['/dashboard/limits', words.limits],
  ['/dashboard/history', words.history],
  ['/dashboard/connections', words.connections],
  ['/dashboard/people', words.people],
  ['/dashboard/problems', words.problems],
] as const;

/** One row of pages; on a phone it scrolls sideways under the finger. `waiting` stands beside the inbox. */
export function AdminNav({ waiting }: { waiting: number }) {
  const here = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // On a phone the open page's name may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another name to bring into sight
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current="page"]');
    const row = list.current?.parentElement;
    if (current && row) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }, [here]);
  return (
    <nav aria-label={words.label} className="-mx-5 overflow-x-auto px-5 [scrollbar-width:none] sm:-mx-8 sm:px-8">
      <ul ref={list} className="flex w-max min-w-full gap-1 border-b border-line">
        {PAGES.map(([href, label]) => {
          const current = here === href;
          return (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                aria-current={current ? 'page' : undefined}
                className={cn(
                  'target -mb-px flex min-h-11 items-center gap-2 border-b-2 px-3 text-[0.9375rem] whitespace-nowrap',
                  current ? 'border-accent font-semibold text-ink' : 'border-transparent text-ink-soft hover:text-ink',
                )}
              >
                {label}
                {href === '/dashboard/inbox' && waiting > 0 ? (
                  <span className="figures grid h-5 min-w-5 place-items-center rounded-full bg-careful-soft px-1.5 text-micro font-semibold text-careful">
                    {waiting}
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
