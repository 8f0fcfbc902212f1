'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventType } from '@/lib/domain/events';
import { useEvents } from '../wire/events';
import { call } from '../wire/send';

const SETTLE_MS = 500;

/** Reads a list and reads it again when one of `types` happens in this project. */
export function useLiveList<T>(url: string, projectId: string, types: readonly EventType[]) {
  const [data, setData] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const load = useCallback(async () => {
    const answer = await call<T>('GET', url);
    setFailed(!answer.ok);
    if (answer.ok) setData(answer.data);
  }, [url]);

  useEffect(() => {
    void load();
    return () => clearTimeout(timer.current);
  }, [load]);

  useEvents(
    (event) => {
      if (event.projectId !== projectId || !types.includes(event.type)) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(load, SETTLE_MS);
    },
    (first) => {
      if (!first) void load();
    },
  );

  return { data, failed, load };
}
