import Link from 'next/link';
import type { ReactNode } from 'react';
import { HISTORY_KINDS, type HistoryKind } from '@/lib/domain/history';
import { historyWords as words } from '@/lib/words/en/admin';
import { historyKindWords } from '@/lib/words/en/history';
import { cn } from '../ui/cn';

type Filter = { kind: HistoryKind | null; projectId: string | null };

/** Links, so that a filtered page can be kept and shared, and the back button goes back. */
export function HistoryFilters({
  filter,
  projects,
}: {
  filter: Filter;
  projects: readonly { id: string; name: string }[];
}) {
  return (
    <div className="grid gap-3">
      <Row label={words.filters.kind}>
        <Pill href={historyHref({ ...filter, kind: null })} current={filter.kind === null}>
          {words.filters.all}
        </Pill>
        {HISTORY_KINDS.map((kind) => (
          <Pill key={kind} href={historyHref({ ...filter, kind })} current={filter.kind === kind}>
            {historyKindWords[kind]}
          </Pill>
        ))}
      </Row>
      {projects.length > 1 ? (
        <Row label={words.filters.shop}>
          <Pill href={historyHref({ ...filter, projectId: null })} current={filter.projectId === null}>
            {words.filters.allShops}
          </Pill>
          {projects.map(({ id, name }) => (
            <Pill key={id} href={historyHref({ ...filter, projectId: id })} current={filter.projectId === id}>
              {name}
            </Pill>
          ))}
        </Row>
      ) : null}
    </div>
  );
}

export function historyHref({ kind, projectId, before }: Filter & { before?: number }): string {
  const query = new URLSearchParams({
    ...(kind ? { kind } : {}),
    ...(projectId ? { shop: projectId } : {}),
    ...(before ? { before: String(before) } : {}),
  });
  return `/dashboard/history${query.size > 0 ? `?${query}` : ''}`;
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="-mx-5 overflow-x-auto px-5 [scrollbar-width:none] sm:mx-0 sm:px-0">
      <ul className="flex w-max gap-2 sm:w-auto sm:flex-wrap">{children}</ul>
    </nav>
  );
}

function Pill({ href, current, children }: { href: string; current: boolean; children: string }) {
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
