'use client';
import { ArrowDown } from 'lucide-react';
import { type Ref, useEffect, useRef } from 'react';
import type { ChatView } from '@/lib/domain/views';
import { chatWords as words } from '@/lib/words/en/chat';
import { useAnnouncer } from '../ui/announcer';
import { EmptyState } from '../ui/empty-state';
import { Composer, type ComposerHandle } from './composer';
import { LiveDraft, PendingMessages, TurnEnd } from './live-turn';
import { MessageList } from './message-list';
import { NextConversation } from './next-conversation';
import { type Surface, SurfaceProvider } from './surface';
import { useConversation } from './use-conversation';
import { useReaderScroll } from './use-reader-scroll';

/** One conversation: what was said, what is being said, and the box to say something. */
export function ChatMain({
  view,
  composer,
}: {
  view: ChatView;
  composer: Ref<ComposerHandle> & { current: ComposerHandle | null };
}) {
  const talk = useConversation(view);
  const { messages, pending, draft, running } = talk;
  const box = useRef<HTMLDivElement>(null);
  const { missed, toEnd } = useReaderScroll(box, {
    count: messages.length + pending.length,
    growing: draft?.text ?? '',
  });
  useSpokenMessages(messages);

  const surface: Surface = {
    interactive: true,
    projectId: view.project.id,
    conversationId: view.conversation.id,
    changed: () => void talk.refresh('all'),
    ask: (prompt, placeholder) => composer.current?.put(prompt, placeholder),
  };
  const owners = messages.some(({ role }) => role === 'owner') || pending.length > 0;
  const speaks = pending.length > 0 || messages.at(-1)?.role !== 'agent';
  return (
    <SurfaceProvider value={surface}>
      <div className="relative min-h-0 flex-1">
        <section
          ref={box}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a conversation without buttons is read on by the arrow keys
          tabIndex={0}
          aria-label={words.messagesLabel}
          className="h-full overflow-y-auto overscroll-contain -outline-offset-2"
        >
          <div className="mx-auto w-full max-w-[46rem] px-4 pt-7 pb-8 sm:px-6">
            {view.offlineAgent && view.conversation.type !== 'ONBOARDING' ? (
              <p className="mb-7 rounded-xl bg-sunken px-4 py-2.5 text-sm text-ink-soft">{words.offlineAgent}</p>
            ) : null}
            {messages.length === 0 && !draft && !running ? (
              <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
            ) : null}
            <ol aria-label={words.messagesLabel}>
              <MessageList messages={messages} />
              <PendingMessages pending={pending} onRetry={talk.retry} onDiscard={talk.discard} />
              <LiveDraft draft={draft} waiting={running !== null} speaks={speaks} />
              <TurnEnd ended={talk.ended} />
            </ol>
          </div>
        </section>
        {missed ? (
          <button
            type="button"
            onClick={() => toEnd()}
            className="target absolute inset-x-0 bottom-3 mx-auto flex w-fit animate-rise items-center gap-1.5 rounded-full border border-line bg-surface px-4 py-2 text-sm font-medium shadow-lift hover:bg-sunken"
          >
            <ArrowDown aria-hidden="true" className="size-4" />
            {words.newMessages}
          </button>
        ) : null}
      </div>
      <NextConversation view={view} />
      <Composer
        ref={composer}
        conversationId={view.conversation.id}
        busy={running !== null}
        stopping={running?.stopping ?? false}
        quickReplies={owners ? [] : view.quickReplies}
        closed={view.conversation.status === 'ARCHIVED'}
        onSend={(text, attachments) => {
          talk.send(text, attachments);
          requestAnimationFrame(() => toEnd());
        }}
        onStop={talk.stop}
      />
    </SurfaceProvider>
  );
}

/** Says a finished message once, whole, to those who listen instead of look. */
function useSpokenMessages(messages: ChatView['messages']) {
  const { announce } = useAnnouncer();
  const spoken = useRef(messages.at(-1)?.seq ?? 0);
  useEffect(() => {
    const fresh = messages.filter(
      (message) => message.seq > spoken.current && message.role !== 'owner' && message.text,
    );
    spoken.current = Math.max(spoken.current, messages.at(-1)?.seq ?? 0);
    if (fresh.length > 0) announce(words.said(fresh.map(({ text }) => text).join(' ')));
  }, [messages, announce]);
}
