'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { EventType } from '@/lib/domain/events';
import { useEvents } from '../wire/events';

const SETTLE_MS = 700;

/**
 * Asks the server for the page again, at most about once a second, when something it shows has changed. `eager`: also as
 * soon as news can arrive, for pages that show something just being made.
 */
export function RefreshOnEvents({ types, eager = false }: { types: readonly EventType[]; eager?: boolean }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      router.refresh();
    }, SETTLE_MS);
  };
  useEvents(
    (event) => {
      if (types.includes(event.type)) soon();
    },
    (first) => {
      if (eager || !first) soon();
    },
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  return null;
}
