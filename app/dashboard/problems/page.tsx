import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHead } from '@/components/dashboard/page-head';
import { DriftList } from '@/components/drift/drift-list';
import { ProblemList } from '@/components/problems/problem-list';
import { DrawnFor } from '@/components/shell/drawn-for';
import { RefreshOnEvents } from '@/components/shell/refresh-on-events';
import { EmptyState } from '@/components/ui/empty-state';
import { may, roleNamed } from '@/lib/domain/roles';
import { readSession } from '@/lib/http/session';
import { listDrift } from '@/lib/services/drift/list';
import { listProblems } from '@/lib/services/problems/list';
import { problemsWords as words } from '@/lib/words/en/admin';
import { driftWords } from '@/lib/words/en/drift';

export const metadata: Metadata = { title: words.title };

const WATCHED = [
  'deployment.failed',
  'deployment.finished',
  'action.failed',
  'drift.found',
  'drift.settled',
  'job.redriven',
  'job.discarded',
] as const;

/** What failed lately, and what can be tried again. */
export default async function Problems() {
  const session = await readSession();
  if (!session) redirect('/sign-in?next=/dashboard/problems');
  const problems = await listProblems(session.ctx, { now: new Date() });
  const drift = await listDrift(session.ctx);
  const role = roleNamed(session.role);
  const mayTry = { deployment: may(role, 'deployment.resume'), dead_letter: may(role, 'job.manage') };
  const groups = [
    [words.open, problems.filter(({ again }) => again !== null)],
    [words.lately, problems.filter(({ again }) => again === null)],
  ] as const;
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <RefreshOnEvents types={WATCHED} />
      <PageHead title={words.title} lead={words.lead} />
      <div className="mt-6 grid max-w-[46rem] grid-cols-1 gap-7">
        {drift.length > 0 ? (
          <section className="grid grid-cols-1 gap-2">
            <h2 className="text-sm font-semibold text-ink-soft">{driftWords.title}</h2>
            <DriftList drift={drift} />
          </section>
        ) : null}
        {problems.length + drift.length === 0 ? (
          <EmptyState title={words.empty.title}>{words.empty.body}</EmptyState>
        ) : null}
        {groups.map(([title, list]) =>
          list.length > 0 ? (
            <section key={title} className="grid grid-cols-1 gap-2">
              <h2 className="text-sm font-semibold text-ink-soft">{title}</h2>
              <ProblemList problems={list} mayTry={mayTry} />
            </section>
          ) : null,
        )}
      </div>
    </>
  );
}
