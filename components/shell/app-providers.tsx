'use client';
import type { ReactNode } from 'react';
import type { WordsIn } from '@/lib/words/format';
import { AnnouncerProvider } from '../ui/announcer';
import { EventsProvider } from '../wire/events';
import { LocaleProvider } from './locale';

/** What every signed-in page stands in. */
export function AppProviders({
  locale,
  zone,
  eventSeq,
  children,
}: WordsIn & { eventSeq?: number; children: ReactNode }) {
  return (
    <LocaleProvider locale={locale} zone={zone}>
      <AnnouncerProvider>
        <EventsProvider after={eventSeq}>{children}</EventsProvider>
      </AnnouncerProvider>
    </LocaleProvider>
  );
}
