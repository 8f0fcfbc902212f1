'use client';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ChatView } from '@/lib/domain/views';
import { chatWords } from '@/lib/words/en/chat';
import { useAnnouncer } from '../ui/announcer';
import { buttonLook } from '../ui/button';
import { cn } from '../ui/cn';
import { useEvents } from '../wire/events';
import { storedDraft } from './stored-draft';

const words = chatWords.next;

/**
 * A plan opens a conversation of its own. Whoever watched it being made is taken there, unless they are just writing;
 * whoever comes later finds the way.
 */
export function NextConversation({ view }: { view: ChatView }) {
  const router = useRouter();
  const { announce } = useAnnouncer();
  const getting = view.conversation.type === 'ONBOARDING';
  const newest = view.conversations.find(({ type, status }) => type === 'CAMPAIGN' && status === 'ACTIVE');

  useEvents((event) => {
    if (
      !getting ||
      event.type !== 'conversation.created' ||
      event.projectId !== view.project.id ||
      event.payload.type !== 'CAMPAIGN'
    )
      return;
    if (storedDraft(view.conversation.id)) return;
    announce(words.opening);
    router.push(hrefOf(view, String(event.payload.subject)));
  });

  if (!getting || !newest) return null;
  return (
    <div className="mx-auto w-full max-w-[46rem] px-4 pb-3 sm:px-6">
      <Link
        href={hrefOf(view, newest.id)}
        prefetch={false}
        className={cn(buttonLook({ look: 'primary', size: 'large' }), 'w-full')}
      >
        <span className="truncate">{words.open(newest.title)}</span>
        <ArrowRight aria-hidden="true" className="rtl:rotate-180" />
      </Link>
    </div>
  );
}

function hrefOf(view: ChatView, conversationId: string): string {
  return `/chat/${view.project.id}?conversation=${conversationId}`;
}
