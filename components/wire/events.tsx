'use client';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { EventView } from '@/lib/domain/events';

type Listener = (event: EventView) => void;
type Feed = { listen: (listener: Listener) => () => void; onReturn: (listener: () => void) => () => void };

const Context = createContext<Feed>({ listen: () => () => {}, onReturn: () => () => {} });

/**
 * The browser's one connection for news. Everything live on a page listens here, because browsers allow only a handful
 * of connections per site. Resuming is the browser's own (Last-Event-ID); after a break listeners are told to look again.
 */
export function EventsProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const returns = useRef(new Set<() => void>());
  const feed = useRef<Feed>({
    listen: (listener) => {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
    onReturn: (listener) => {
      returns.current.add(listener);
      return () => returns.current.delete(listener);
    },
  });

  useEffect(() => {
    let source: EventSource | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let broken = false;
    const open = () => {
      source = new EventSource('/api/events');
      source.onmessage = (message) => {
        const event = parse(message.data);
        if (event) for (const listener of [...listeners.current]) listener(event);
      };
      source.onopen = () => {
        if (broken) for (const listener of [...returns.current]) listener();
        broken = false;
      };
      source.onerror = () => {
        broken = true;
        // A refused answer (a restart, a full server) closes the source for good; try again with patience.
        if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, 5_000);
      };
    };
    open();
    return () => {
      clearTimeout(retry);
      source?.close();
    };
  }, []);

  return <Context value={feed.current}>{children}</Context>;
}

function parse(data: string): EventView | null {
  try {
    return JSON.parse(data) as EventView;
  } catch {
    return null;
  }
}

/** Calls the newest `listener` for each event, without reconnecting when it changes. */
export function useEvents(listener: Listener, onReturn?: () => void): void {
  const feed = useContext(Context);
  const current = useRef({ listener, onReturn });
  current.current = { listener, onReturn };
  useEffect(() => feed.listen((event) => current.current.listener(event)), [feed]);
  useEffect(() => feed.onReturn(() => current.current.onReturn?.()), [feed]);
}
