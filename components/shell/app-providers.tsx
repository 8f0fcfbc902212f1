'use client';
import type { ReactNode } from 'react';
import type { WordsIn } from '@/lib/words/format';
import { AnnouncerProvider } from '../ui/announcer';
import { EventsProvider } from '../wire/events';
import { DrawnWorkspace } from '../wire/file-href';
import { DrawnFor } from './drawn-for';
import { LocaleProvider } from './locale';

/** What every signed-in page stands in. */
export function AppProviders({
  locale,
  zone,
  workspaceId,
  eventSeq,
  children,
}: WordsIn & { workspaceId: string; eventSeq?: number; children: ReactNode }) {
  return (
    <LocaleProvider locale={locale} zone={zone}>
      <DrawnFor workspaceId={workspaceId} />
      <AnnouncerProvider>
        <DrawnWorkspace workspaceId={workspaceId}>
          <EventsProvider after={eventSeq}>{children}</EventsProvider>
        </DrawnWorkspace>
      </AnnouncerProvider>
    </LocaleProvider>
  );
}
