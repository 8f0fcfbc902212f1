'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '@/lib/domain/attachment';
import type { EventType } from '@/lib/domain/events';
import type { MessageView } from '@/lib/domain/message';
import type { ChatView, Problem, TurnChunk } from '@/lib/domain/views';
import { useEvents } from '../wire/events';
import { call, lostProblem, readProblem, request } from '../wire/send';
import { followTurn } from './follow-turn';
import { mergeMessages } from './merge-messages';

/** An own message on its way; its id makes a second attempt the same message. */
export type Pending = { id: string; content: string; attachments: readonly Attachment[]; problem: Problem | null };
/** What is being written right now. */
export type Draft = { text: string; tool: string | null };
type Running = { id: string | null; stopping: boolean };

/** Events after which a card on the page may show something else. */
const CARD_EVENTS: readonly EventType[] = [
  'brief.updated',
  'brief.confirmed',
  'connection.established',
  'connection.denied',
  'connection.broken',
  'account.selected',
  'approval.requested',
  'approval.decided',
  'approval.superseded',
  'approval.expired',
  'deployment.started',
  'deployment.progressed',
  'deployment.finished',
  'deployment.failed',
  'campaign.status_changed',
  'action.proposed',
  'action.executed',
  'action.failed',
  'action.undone',
  'report.created',
];
const SETTLE_MS = 250;
/** How often and how long a message waits for an answer that is still being written. */
const BUSY_MS = 1_000;
const BUSY_TRIES = 20;

/** The conversation as the browser holds it. The server owns the history; this only reads it, live. */
export function useConversation(view: ChatView) {
  const conversationId = view.conversation.id;
  const [messages, setMessages] = useState<MessageView[]>(view.messages);
  const [pending, setPending] = useState<Pending[]>([]);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [running, setRunning] = useState<Running | null>(
    view.runningTurn ? { id: view.runningTurn.id, stopping: false } : null,
  );
  const [ended, setEnded] = useState<Extract<TurnChunk, { type: 'end' }> | null>(null);
  const lastSeq = useRef(view.messages.at(-1)?.seq ?? 0);
  const followed = useRef<string | null>(null);
  const sending = useRef(false);
  const gone = useRef<AbortController | null>(null);

  const take = useCallback((arrived: readonly MessageView[]) => {
    lastSeq.current = Math.max(lastSeq.current, ...arrived.map(({ seq }) => seq));
    setMessages((known) => mergeMessages(known, arrived));
  }, []);

  /** Reads new messages, or all of them when cards may have changed. */
  const refresh = useCallback(
    async (what: 'new' | 'all') => {
      const after = what === 'all' ? 0 : lastSeq.current;
      const answer = await call<{ messages: MessageView[] }>(
        'GET',
        `/api/conversations/${conversationId}/messages?after=${after}`,
      );
      if (answer.ok) take(answer.data.messages);
    },
    [conversationId, take],
  );

  const onChunk = useCallback(
    (chunk: TurnChunk) => {
      if (chunk.type === 'text') return setDraft((now) => ({ text: (now?.text ?? '') + chunk.delta, tool: null }));
      if (chunk.type === 'tool')
        return setDraft((now) => ({ text: now?.text ?? '', tool: chunk.state === 'running' ? chunk.name : null }));
      if (chunk.type === 'message') {
        take([chunk.message]);
        // The stored message takes the place of what was typed out before it.
        if (chunk.message.role === 'agent' && chunk.message.kind === 'TEXT')
          setDraft((now) => ({ text: '', tool: now?.tool ?? null }));
        return undefined;
      }
      return setEnded(chunk);
    },
    [take],
  );

  const follow = useCallback(
    async (turnId: string, response?: Response) => {
      if (followed.current === turnId) return;
      followed.current = turnId;
      setRunning((now) => ({ id: turnId, stopping: now?.id === turnId && now.stopping }));
      setEnded(null);
      setDraft({ text: '', tool: null });
      const signal = gone.current?.signal ?? new AbortController().signal;
      await followTurn({ turnId, signal, onChunk, ...(response ? { response } : {}) });
      if (signal.aborted || followed.current !== turnId) return;
      await refresh('new');
      setDraft(null);
      setRunning(null);
      followed.current = null;
    },
    [onChunk, refresh],
  );

  const post = useCallback(
    async (message: Pending, tries = 0): Promise<void> => {
      sending.current = true;
      setEnded(null);
      setPending((now) => [...now.filter(({ id }) => id !== message.id), { ...message, problem: null }]);
      setRunning((now) => now ?? { id: null, stopping: false });
      const response = await request('POST', '/api/chat/message', {
        conversationId,
        content: message.content,
        messageId: message.id,
        ...(message.attachments.length > 0 ? { attachments: message.attachments.map(({ fileId }) => fileId) } : {}),
      });
      sending.current = false;
      const turnId = response?.headers.get('x-turn-id');
      if (!response?.ok || !turnId) {
        const problem = response ? await readProblem(response) : lostProblem();
        // An answer that a card or a job began a moment ago: the words wait for its end, as the owner would.
        if (problem.code === 'turn_running' && tries < BUSY_TRIES && !gone.current?.signal.aborted) {
          await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
          return post(message, tries + 1);
        }
        setPending((now) => now.map((item) => (item.id === message.id ? { ...item, problem } : item)));
        setRunning((now) => (now?.id ? now : null));
        return;
      }
      const reading = follow(turnId, response);
      await refresh('new');
      setPending((now) => now.filter(({ id }) => id !== message.id));
      await reading;
    },
    [conversationId, follow, refresh],
  );

  const send = useCallback(
    (content: string, attachments: readonly Attachment[] = []) =>
      void post({ id: messageId(), content, attachments, problem: null }),
    [post],
  );
  const discard = useCallback((id: string) => setPending((now) => now.filter((item) => item.id !== id)), []);
  const stop = useCallback(async () => {
    const id = followed.current;
    if (!id) return;
    setRunning({ id, stopping: true });
    await call('POST', `/api/chat/turns/${id}/stop`);
  }, []);

  const timers = useRef<{ new?: ReturnType<typeof setTimeout>; all?: ReturnType<typeof setTimeout> }>({});
  const refreshSoon = useCallback(
    (what: 'new' | 'all') => {
      timers.current[what] ??= setTimeout(() => {
        delete timers.current[what];
        void refresh(what);
      }, SETTLE_MS);
    },
    [refresh],
  );

  useEvents(
    (event) => {
      if (event.payload.conversationId === conversationId) {
        if (event.type === 'message.posted') refreshSoon('new');
        // A turn that a card or a job started; our own is already being read.
        if (event.type === 'turn.started' && !sending.current && typeof event.payload.subject === 'string')
          void follow(event.payload.subject);
      }
      if (event.projectId === view.project.id && CARD_EVENTS.includes(event.type)) refreshSoon('all');
    },
    () => refreshSoon('all'),
  );

  useEffect(() => {
    gone.current = new AbortController();
    const open = timers.current;
    return () => {
      gone.current?.abort();
      followed.current = null;
      clearTimeout(open.new);
      clearTimeout(open.all);
      timers.current = {};
    };
  }, []);

  // A turn that was running when the page was made, or that a fresh look at the page brought to light.
  const turnOnPage = view.runningTurn?.id;
  useEffect(() => {
    if (turnOnPage && !sending.current) void follow(turnOnPage);
  }, [turnOnPage, follow]);

  return {
    messages,
    pending,
    draft,
    running,
    ended,
    send,
    retry: (message: Pending) => void post(message),
    discard,
    stop,
    refresh,
  };
}

/** Not randomUUID: browsers keep that from pages opened over plain HTTP on a home network. */
function messageId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
