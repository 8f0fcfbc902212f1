'use client';
import { PanelLeft, PanelRight } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Role } from '@/lib/domain/roles';
import type { ChatView } from '@/lib/domain/views';
import { chatWords as words } from '@/lib/words/en/chat';
import { campaignStatusWords } from '@/lib/words/en/dashboard';
import { uiWords } from '@/lib/words/en/ui';
import { STATUS_TONES } from '../dashboard/project-card';
import { NotificationBell } from '../notifications/notification-bell';
import { RightPanelTabs } from '../panel/right-panel-tabs';
import { Mark } from '../shell/logo';
import { RefreshOnEvents } from '../shell/refresh-on-events';
import { ThemeToggle } from '../shell/theme-toggle';
import { StopButton } from '../stop/stop-button';
import { Badge } from '../ui/badge';
import { buttonLook } from '../ui/button';
import { cn } from '../ui/cn';
import { Sheet } from '../ui/dialog';
import { ChatMain } from './chat-main';
import type { ComposerHandle } from './composer';
import { Sidebar } from './sidebar';
import { TimeMachineBar } from './time-machine-bar';

/** What stands around the conversation: lists and names come from the server and are asked for again when they change. */
const WATCHED = [
  'conversation.created',
  'approval.requested',
  'approval.decided',
  'campaign.status_changed',
  'connection.established',
  'account.selected',
  'brief.confirmed',
] as const;
const iconButton = cn(buttonLook({ look: 'quiet', size: 'icon' }), 'min-[75rem]:hidden');

/** Three panes from 1200 px on; below that the chat alone, with the other two a press away. */
export function ChatShell({ view, member, notice }: { view: ChatView; member: Role; notice?: ReactNode }) {
  const composer = useRef<ComposerHandle>(null);
  const [sheet, setSheet] = useState<'shops' | 'panel' | null>(null);
  const campaign = view.project.campaign;
  const ask = (prompt: string) => {
    setSheet(null);
    composer.current?.put(prompt);
  };
  return (
    <div className="flex h-dvh flex-col">
      <RefreshOnEvents types={WATCHED} eager={view.messages.length === 0} />
      <header className="flex items-center gap-2 border-b border-line px-2 py-2 sm:px-4">
        <button
          type="button"
          onClick={() => setSheet('shops')}
          aria-label={words.panes.openShops}
          className={iconButton}
        >
          <PanelLeft aria-hidden="true" />
        </button>
        <a
          href="/dashboard"
          aria-label={uiWords.home}
          className="target hidden items-center rounded-control px-1 sm:flex"
        >
          <Mark />
        </a>
        <div className="flex min-w-0 flex-1 flex-col items-start gap-x-2.5 px-1 sm:flex-row sm:items-center">
          <h1 className="max-w-full truncate leading-snug font-semibold tracking-tight">{view.project.name}</h1>
          {campaign ? (
            <Badge tone={STATUS_TONES[campaign.status]} className="max-sm:px-2 max-sm:py-0 max-sm:text-xs">
              {campaignStatusWords[campaign.status]}
            </Badge>
          ) : null}
          {view.project.simulated ? <Badge className="max-sm:hidden">{words.sidebar.pretend}</Badge> : null}
        </div>
        <StopButton member={member} />
        <NotificationBell />
        <ThemeToggle className="max-sm:hidden" />
        <button
          type="button"
          onClick={() => setSheet('panel')}
          aria-label={words.panes.openPanel}
          className={iconButton}
        >
          <PanelRight aria-hidden="true" />
        </button>
      </header>
      <div className="flex min-h-0 flex-1">
        <aside className="hidden w-72 shrink-0 flex-col border-e border-line min-[75rem]:flex">
          <Sidebar view={view} />
        </aside>
        <main id="content" className="flex min-w-0 flex-1 flex-col">
          {view.clock.mayAdvance ? <TimeMachineBar projectId={view.project.id} clock={view.clock} /> : null}
          <div className="mx-auto w-full max-w-[46rem] px-4 empty:hidden sm:px-6 [&>*]:mt-4 [&>*]:mb-0">{notice}</div>
          <ChatMain key={view.conversation.id} view={view} composer={composer} />
        </main>
        <aside
          aria-label={words.panes.panel}
          className="hidden w-88 shrink-0 flex-col border-s border-line min-[75rem]:flex"
        >
          <RightPanelTabs projectId={view.project.id} onAsk={ask} />
        </aside>
      </div>
      <Sheet
        side="start"
        open={sheet === 'shops'}
        onOpenChange={(open) => setSheet(open ? 'shops' : null)}
        title={words.panes.shops}
      >
        <Sidebar view={view} />
      </Sheet>
      <Sheet
        side="end"
        open={sheet === 'panel'}
        onOpenChange={(open) => setSheet(open ? 'panel' : null)}
        title={words.panes.panel}
      >
        <div className="flex h-full flex-col">
          <RightPanelTabs projectId={view.project.id} onAsk={ask} />
        </div>
      </Sheet>
    </div>
  );
}
