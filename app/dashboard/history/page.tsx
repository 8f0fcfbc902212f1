import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHead } from '@/components/dashboard/page-head';
import { HistoryFilters, historyHref } from '@/components/history/history-filters';
import { HistoryList } from '@/components/history/history-list';
import { DrawnFor } from '@/components/shell/drawn-for';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { HISTORY_KINDS } from '@/lib/domain/history';
import { readSession } from '@/lib/http/session';
import { listHistory } from '@/lib/services/history/list';
import { listProjects } from '@/lib/services/projects/list';
import { historyWords as words } from '@/lib/words/en/admin';

export const metadata: Metadata = { title: words.title };

type Asked = { kind?: string; shop?: string; before?: string };

/** The audit trail in plain words. */
export default async function History({ searchParams }: { searchParams: Promise<Asked> }) {
  const session = await readSession();
  if (!session) redirect('/sign-in?next=/dashboard/history');
  const { locale, timezone: zone } = session.user;
  const asked = await searchParams;
  const projects = await listProjects(session.ctx);
  const kind = HISTORY_KINDS.find((known) => known === asked.kind) ?? null;
  const projectId = projects.find(({ id }) => id === asked.shop)?.id ?? null;
  const before = /^\d{1,9}$/.test(asked.before ?? '') ? Number(asked.before) : undefined;
  const { entries, nextBefore } = await listHistory(session.ctx, {
    locale,
    ...(kind ? { kind } : {}),
    ...(projectId ? { projectId } : {}),
    ...(before === undefined ? {} : { beforeSeq: before }),
  });
  const filtered = kind !== null || projectId !== null || before !== undefined;
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <PageHead
        title={words.title}
        lead={words.lead}
        action={
          <ButtonLink
            look="secondary"
            href={`/api/history/export?workspace=${encodeURIComponent(session.ctx.workspaceId)}`}
            download
          >
            {words.export}
          </ButtonLink>
        }
      />
      <div className="mt-6 grid grid-cols-1 gap-7">
        <HistoryFilters filter={{ kind, projectId }} projects={projects} />
        {entries.length === 0 ? (
          <EmptyState title={filtered ? words.emptyFilter.title : words.empty.title}>
            {filtered ? words.emptyFilter.body : words.empty.body}
          </EmptyState>
        ) : (
          <HistoryList entries={entries} locale={locale} zone={zone} />
        )}
        <div className="flex flex-wrap gap-3">
          {nextBefore === null ? null : (
            <ButtonLink look="secondary" href={historyHref({ kind, projectId, before: nextBefore })}>
              {words.more}
            </ButtonLink>
          )}
          {before === undefined ? null : (
            <ButtonLink look="quiet" href={historyHref({ kind, projectId })}>
              {words.newest}
            </ButtonLink>
          )}
        </div>
      </div>
    </>
  );
}
