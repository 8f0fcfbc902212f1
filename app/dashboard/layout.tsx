import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AdminNav } from '@/components/dashboard/admin-nav';
import { NotificationBell } from '@/components/notifications/notification-bell';
import { AppProviders } from '@/components/shell/app-providers';
import { Wordmark } from '@/components/shell/logo';
import { RefreshOnEvents } from '@/components/shell/refresh-on-events';
import { ThemeToggle } from '@/components/shell/theme-toggle';
import { SignOutButton } from '@/components/shell/user-menu';
import { WorkspaceSwitcher } from '@/components/shell/workspace-switcher';
import { StopButton } from '@/components/stop/stop-button';
import { roleNamed } from '@/lib/domain/roles';
import { readSession } from '@/lib/http/session';
import { countWaiting } from '@/lib/services/approvals/count-waiting';
import { listWorkspaces } from '@/lib/services/workspaces/of-user';
import { uiWords } from '@/lib/words/en/ui';

const WATCHED = ['approval.requested', 'approval.decided', 'approval.superseded', 'approval.expired'] as const;

/** The frame of every signed-in page outside a chat. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await readSession();
  if (!session) redirect('/sign-in');
  const [waiting, workspaces] = await Promise.all([
    countWaiting(session.ctx),
    listWorkspaces({ userId: session.user.id, activeId: session.ctx.workspaceId }),
  ]);
  return (
    <AppProviders workspaceId={session.ctx.workspaceId} locale={session.user.locale} zone={session.user.timezone}>
      <RefreshOnEvents types={WATCHED} />
      <div className="mx-auto max-w-5xl px-5 pb-24 sm:px-8">
        <header className="flex flex-wrap items-center justify-between gap-2 py-4">
          <a href="/dashboard" aria-label={uiWords.home} className="target flex items-center rounded-control">
            <Wordmark />
          </a>
          <div className="order-last w-full sm:order-none sm:me-auto sm:ms-2 sm:w-auto empty:hidden">
            <WorkspaceSwitcher workspaces={workspaces} />
          </div>
          <div className="flex items-center gap-1">
            <StopButton member={roleNamed(session.role)} />
            <NotificationBell />
            <ThemeToggle />
            <SignOutButton />
          </div>
        </header>
        <AdminNav waiting={waiting} />
        <main id="content" className="pt-8">
          {children}
        </main>
      </div>
    </AppProviders>
  );
}
