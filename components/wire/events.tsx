'use client';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { EventView } from '@/lib/domain/events';
import { shownWorkspace } from './workspace';

type Listener = (event: EventView) => void;
/** `first`: the connection stands for the first time; what happened while the page was on its way is not in it. */
type Opened = (first: boolean) => void;
type Feed = { listen: (listener: Listener) => () => void; onOpen: (listener: Opened) => () => void };

const Context = createContext<Feed>({ listen: () => () => {}, onOpen: () => () => {} });

/**
 * The browser's one connection for news. Everything live on a page listens here, because browsers allow only a handful
 * of connections per site. It starts at `after`, the last event the page already shows, so that nothing falls between the page
 * and the stream. Resuming is the browser's own (Last-Event-ID); after each opening listeners are told, so that they look again.
 */
export function EventsProvider({ after, children }: { after?: number | undefined; children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const opened = useRef(new Set<Opened>());
  const start = useRef(after);
  const feed = useRef<Feed>({
    listen: (listener) => {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
    onOpen: (listener) => {
      opened.current.add(listener);
      return () => opened.current.delete(listener);
    },
  });

  useEffect(() => {
    let source: EventSource | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let first = true;
    let seen = start.current;
    const open = () => {
      source = new EventSource(`/api/events?${addressOf(seen)}`);
      source.onmessage = (message) => {
        seen = Number(message.lastEventId);
        const event = parse(message.data);
        if (event) for (const listener of [...listeners.current]) listener(event);
      };
      source.onopen = () => {
        for (const listener of [...opened.current]) listener(first);
        first = false;
      };
      source.onerror = () => {
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

function addressOf(after: number | undefined): URLSearchParams {
  const workspaceId = shownWorkspace();
  return new URLSearchParams({
    ...(workspaceId ? { workspace: workspaceId } : {}),
    ...(after === undefined ? {} : { after: String(after) }),
  });
}

function parse(data: string): EventView | null {
  try {
    return JSON.parse(data) as EventView;
  } catch {
    return null;
  }
}

/** Calls the newest `listener` for each event, without reconnecting when it changes. */
export function useEvents(listener: Listener, onOpen?: Opened): void {
  const feed = useContext(Context);
  const current = useRef({ listener, onOpen });
  current.current = { listener, onOpen };
  useEffect(() => feed.listen((event) => current.current.listener(event)), [feed]);
  useEffect(() => feed.onOpen((first) => current.current.onOpen?.(first)), [feed]);
}
