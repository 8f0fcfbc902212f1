import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ConnectionCard } from '@/components/connections/connection-card';
import { PageHead } from '@/components/dashboard/page-head';
import { DrawnFor } from '@/components/shell/drawn-for';
import { RefreshOnEvents } from '@/components/shell/refresh-on-events';
import { EmptyState } from '@/components/ui/empty-state';
import { may, roleNamed } from '@/lib/domain/roles';
import { readSession } from '@/lib/http/session';
import { listConnections } from '@/lib/services/connections/list';
import { connectionsWords as words } from '@/lib/words/en/admin';

export const metadata: Metadata = { title: words.title };

const WATCHED = [
  'connection.established',
  'connection.broken',
  'connection.repaired',
  'connection.revoked',
  'quarantine.opened',
  'quarantine.released',
] as const;

/** How well each login is, and what it may do. */
export default async function Connections() {
  const session = await readSession();
  if (!session) redirect('/sign-in?next=/dashboard/connections');
  const connections = await listConnections(session.ctx, { now: new Date() });
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <RefreshOnEvents types={WATCHED} />
      <PageHead title={words.title} lead={words.lead} />
      <div className="mt-6 grid max-w-[46rem] grid-cols-1 gap-5">
        {connections.length === 0 ? (
          <EmptyState title={words.empty.title}>{words.empty.body}</EmptyState>
        ) : (
          connections.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              mayRelease={may(roleNamed(session.role), 'ads.release')}
              locale={session.user.locale}
              zone={session.user.timezone}
            />
          ))
        )}
      </div>
    </>
  );
}
