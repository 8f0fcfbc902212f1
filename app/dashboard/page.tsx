import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { NewProject } from '@/components/dashboard/new-project';
import { ProjectCard } from '@/components/dashboard/project-card';
import { TryButton } from '@/components/landing/try-button';
import { DrawnFor } from '@/components/shell/drawn-for';
import { QueryProblem } from '@/components/shell/query-problem';
import { RefreshOnEvents } from '@/components/shell/refresh-on-events';
import { EmptyState } from '@/components/ui/empty-state';
import { may, roleNamed } from '@/lib/domain/roles';
import { readSession } from '@/lib/http/session';
import { listProjects } from '@/lib/services/projects/list';
import { dashboardWords as words } from '@/lib/words/en/dashboard';

export const metadata: Metadata = { title: words.title };

const WATCHED = [
  'project.created',
  'approval.requested',
  'approval.decided',
  'campaign.status_changed',
  'insights.pulled',
  'connection.established',
  'connection.broken',
] as const;

export default async function Dashboard({
  searchParams,
}: {
  searchParams: Promise<{ problem?: string; ref?: string }>;
}) {
  const session = await readSession();
  if (!session) redirect('/sign-in');
  const projects = await listProjects(session.ctx);
  const mayOpen = may(roleNamed(session.role), 'project.create');
  const waiting = projects.reduce((sum, project) => sum + project.needsAttention, 0);
  const { problem, ref } = await searchParams;
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <RefreshOnEvents types={WATCHED} />
      <QueryProblem code={problem} referenceId={ref} />
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-headline font-semibold tracking-[-0.025em]">{words.title}</h1>
          <p className="mt-2 text-ink-soft">
            {projects.length === 0 ? null : waiting > 0 ? words.waiting(waiting) : words.quiet}
          </p>
        </div>
        {projects.length > 0 && mayOpen ? <NewProject look="secondary" /> : null}
      </div>
      {projects.length === 0 ? (
        <div className="mt-8">
          <EmptyState
            title={words.empty.title}
            action={
              mayOpen ? (
                <div className="flex flex-wrap justify-center gap-3">
                  <NewProject size="large" />
                  <TryButton look="secondary" label={words.empty.pretend} />
                </div>
              ) : null
            }
          >
            {mayOpen ? words.empty.body : words.empty.reader}
          </EmptyState>
        </div>
      ) : (
        <ul className="mt-8 grid gap-5 md:grid-cols-2">
          {[...projects]
            .sort((a, b) => b.needsAttention - a.needsAttention)
            .map((project) => (
              <li key={project.id}>
                <ProjectCard project={project} locale={session.user.locale} />
              </li>
            ))}
        </ul>
      )}
    </>
  );
}
