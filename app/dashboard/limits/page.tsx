import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHead } from '@/components/dashboard/page-head';
import { ShopPills } from '@/components/dashboard/shop-pills';
import { InboxList } from '@/components/inbox/inbox-list';
import { LimitsEditor } from '@/components/limits/limits-editor';
import { MonthBar } from '@/components/limits/month-bar';
import { WorkspaceLimit } from '@/components/limits/workspace-limit';
import { DrawnFor } from '@/components/shell/drawn-for';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { may, roleNamed } from '@/lib/domain/roles';
import { readSession } from '@/lib/http/session';
import { readInbox } from '@/lib/services/approvals/inbox';
import { readPolicy } from '@/lib/services/policy/read';
import { listProjects } from '@/lib/services/projects/list';
import { limitsWords as words } from '@/lib/words/en/admin';
import { formatMoment, type WordsIn } from '@/lib/words/format';

export const metadata: Metadata = { title: words.title };

/** What the agent may do alone in a shop, what is left of the month, and the way to other limits: a card. */
export default async function Limits({ searchParams }: { searchParams: Promise<{ shop?: string }> }) {
  const session = await readSession();
  if (!session) redirect('/sign-in?next=/dashboard/limits');
  const { locale, timezone: zone } = session.user;
  const { shop } = await searchParams;
  const projects = await listProjects(session.ctx);
  const project = projects.find(({ id }) => id === shop) ?? projects.find(({ campaign }) => campaign) ?? projects[0];
  const policy = project ? await readPolicy(session.ctx, { projectId: project.id }) : null;
  const waiting = policy?.waiting
    ? (await readInbox(session.ctx)).filter(({ approvalId }) => approvalId === policy.waiting?.approvalId)
    : [];
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <PageHead title={words.title} lead={words.lead} />
      <div className="mt-6 grid grid-cols-1 gap-6">
        {project ? (
          <ShopPills label={words.shop} path="/dashboard/limits" projects={projects} current={project.id} />
        ) : null}
        {policy && project ? (
          <>
            {waiting.length > 0 ? (
              <section className="grid max-w-[46rem] grid-cols-1 gap-3">
                <h2 className="font-semibold">{words.waiting}</h2>
                <InboxList items={waiting} />
              </section>
            ) : null}
            <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_21rem]">
              <div className="grid grid-cols-1 gap-6 lg:order-2">
                {policy.month ? (
                  <Card className="p-5 sm:p-6">
                    <MonthBar month={policy.month} locale={locale} />
                  </Card>
                ) : null}
                <Card className="p-5 sm:p-6">
                  <WorkspaceLimit
                    key={policy.workspaceLimit?.minor ?? 'none'}
                    projectId={project.id}
                    currency={policy.limits.monthlyCeiling.currency}
                    limit={policy.workspaceLimit}
                    mayChange={may(roleNamed(session.role), 'policy.change')}
                    locale={locale}
                  />
                </Card>
                <Card className="grid gap-1.5 p-5 sm:p-6">
                  <h2 className="text-sm text-ink-faint">{words.level}</h2>
                  <p className="font-semibold">{policy.autonomy.sentence}</p>
                  <p className="text-sm text-ink-soft">
                    {policy.autonomy.record.sentence} {policy.autonomy.next}
                  </p>
                </Card>
                {policy.versions.length > 1 ? (
                  <Versions versions={policy.versions} current={policy.version} locale={locale} zone={zone} />
                ) : null}
              </div>
              <Card className="p-5 sm:p-7 lg:order-1">
                <LimitsEditor
                  key={`${project.id}-${policy.version}`}
                  projectId={project.id}
                  limits={policy.limits}
                  lines={policy.lines}
                  mayChange={may(roleNamed(session.role), 'policy.change')}
                />
              </Card>
            </div>
          </>
        ) : (
          <EmptyState title={words.none.title}>{words.none.body}</EmptyState>
        )}
      </div>
    </>
  );
}

type VersionsProps = { versions: readonly { version: number; at: string }[]; current: number } & WordsIn;

function Versions({ versions, current, ...wordsIn }: VersionsProps) {
  return (
    <section className="px-1">
      <h2 className="mb-1 font-semibold">{words.versions}</h2>
      <ol className="divide-y divide-line text-[0.9375rem]">
        {versions.map(({ version, at }) => (
          <li key={version} className="flex flex-wrap justify-between gap-x-4 py-2.5">
            <span className={version === current ? 'font-medium' : 'text-ink-soft'}>
              {words.version(version)}
              {version === current ? `, ${words.current}` : ''}
            </span>
            <time dateTime={at} className="figures text-sm text-ink-faint">
              {formatMoment(at, wordsIn)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
