import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { OwnBubble } from '@/components/chat/message-list';
import { ConnectionCard } from '@/components/connections/connection-card';
import { DriftList } from '@/components/drift/drift-list';
import * as fixtures from '@/components/gallery/admin';
import { GalleryTray } from '@/components/gallery/tray';
import { HistoryList } from '@/components/history/history-list';
import { InboxList } from '@/components/inbox/inbox-list';
import { LimitsEditor } from '@/components/limits/limits-editor';
import { MonthBar } from '@/components/limits/month-bar';
import { ProblemList } from '@/components/problems/problem-list';
import { AppProviders } from '@/components/shell/app-providers';
import { ThemeToggle } from '@/components/shell/theme-toggle';
import { StopResults } from '@/components/stop/stop-sheet';
import { Card } from '@/components/ui/card';
import { galleryIsOpen } from '@/lib/http/gallery';

export const dynamic = 'force-dynamic';

/** The pages behind "Your shops" in the states that are rare in life. */
export default function GalleryAdmin() {
  if (!galleryIsOpen()) notFound();
  return (
    <AppProviders workspaceId="gallery" locale="en" zone="Europe/Lisbon">
      <main id="content" className="mx-auto grid max-w-[46rem] grid-cols-1 gap-10 px-4 py-10 sm:px-6">
        <header className="flex items-center justify-between">
          <h1 className="text-headline font-semibold">Behind the shops</h1>
          <ThemeToggle />
        </header>
        <Part name="Inbox">
          <InboxList items={fixtures.inboxEntries} />
        </Part>
        <Part name="Connections">
          {fixtures.connections.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} mayRelease locale="en" zone="Europe/Lisbon" />
          ))}
        </Part>
        <Part name="Problems">
          <ProblemList problems={fixtures.problems} mayTry={{ deployment: true, dead_letter: true }} />
        </Part>
        <Part name="Changed at Facebook">
          <DriftList drift={fixtures.drift} />
        </Part>
        <Part name="Stop, under way">
          <StopResults stop={fixtures.halfStopped} />
        </Part>
        <Part name="History">
          <HistoryList entries={fixtures.history} locale="en" zone="Europe/Lisbon" />
        </Part>
        <Part name="Limits">
          <Card className="p-6">
            <MonthBar month={fixtures.month} locale="en" />
          </Card>
          <Card className="p-6">
            <LimitsEditor projectId="project-1" limits={fixtures.limits} lines={fixtures.limitLines} mayChange />
          </Card>
        </Part>
        <Part name="Photos">
          <GalleryTray />
          <OwnBubble
            text="Our counter this morning"
            attachments={[
              { fileId: `${'0'.repeat(63)}1`, width: 900, height: 700 },
              { fileId: `${'0'.repeat(63)}2`, width: 700, height: 900 },
            ]}
          />
        </Part>
      </main>
    </AppProviders>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-1 gap-4">
      <h2 className="text-micro font-medium text-ink-faint">{name}</h2>
      {children}
    </section>
  );
}
