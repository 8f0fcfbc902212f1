import { HISTORY_KINDS, type HistoryKind } from '@/lib/domain/history';
import { historyWords as words } from '@/lib/words/en/admin';
import { historyKindWords } from '@/lib/words/en/history';
import { Pill, Pills } from '../ui/pills';

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
    <div className="grid grid-cols-1 gap-3">
      <Pills label={words.filters.kind}>
        <Pill href={historyHref({ ...filter, kind: null })} current={filter.kind === null}>
          {words.filters.all}
        </Pill>
        {HISTORY_KINDS.map((kind) => (
          <Pill key={kind} href={historyHref({ ...filter, kind })} current={filter.kind === kind}>
            {historyKindWords[kind]}
          </Pill>
        ))}
      </Pills>
      {projects.length > 1 ? (
        <Pills label={words.filters.shop}>
          <Pill href={historyHref({ ...filter, projectId: null })} current={filter.projectId === null}>
            {words.filters.allShops}
          </Pill>
          {projects.map(({ id, name }) => (
            <Pill key={id} href={historyHref({ ...filter, projectId: id })} current={filter.projectId === id}>
              {name}
            </Pill>
          ))}
        </Pills>
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
