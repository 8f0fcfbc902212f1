import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ChatView, ConversationView } from '@/lib/domain/views';
import { chatWords } from '@/lib/words/en/chat';
import { cn } from '../ui/cn';

const words = chatWords.sidebar;

/** Shops, and the conversations of the one that is open. */
export function Sidebar({ view }: { view: ChatView }) {
  const current = view.conversations.filter(({ status }) => status === 'ACTIVE');
  const older = view.conversations.filter(({ status }) => status !== 'ACTIVE');
  return (
    <nav aria-label={chatWords.panes.shops} className="flex flex-1 flex-col gap-7 overflow-y-auto px-3 py-4">
      <Group title={words.conversations}>
        {current.map((item) => (
          <ConversationLink key={item.id} item={item} view={view} />
        ))}
        {older.length > 0 ? (
          <li className="px-3 pt-4 pb-1 text-micro font-medium text-ink-faint">{words.older}</li>
        ) : null}
        {older.map((item) => (
          <ConversationLink key={item.id} item={item} view={view} />
        ))}
      </Group>
      <Group title={words.shops}>
        {view.projects.map((project) => (
          <li key={project.id}>
            <Link
              href={`/chat/${project.id}`}
              prefetch={false}
              aria-current={project.id === view.project.id ? 'true' : undefined}
              className={cn(
                'target flex min-h-10 items-center rounded-xl px-3 text-[0.9375rem] hover:bg-sunken',
                project.id === view.project.id ? 'font-semibold' : 'text-ink-soft',
              )}
            >
              <span className="truncate">{project.name}</span>
            </Link>
          </li>
        ))}
        <li>
          <Link
            href="/dashboard"
            prefetch={false}
            className="target flex min-h-10 items-center rounded-xl px-3 text-[0.9375rem] text-accent hover:bg-sunken"
          >
            {words.dashboard}
          </Link>
        </li>
      </Group>
    </nav>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="px-3 pb-1.5 text-micro font-medium text-ink-faint">{title}</h2>
      <ul className="grid gap-0.5">{children}</ul>
    </section>
  );
}

function ConversationLink({ item, view }: { item: ConversationView; view: ChatView }) {
  const here = item.id === view.conversation.id;
  const kind = chatWords.conversationKind[item.type];
  const title = item.title || kind;
  return (
    <li>
      <Link
        href={`/chat/${view.project.id}?conversation=${item.id}`}
        prefetch={false}
        aria-current={here ? 'page' : undefined}
        className={cn(
          'target grid min-h-12 content-center rounded-xl px-3 py-1.5 hover:bg-sunken',
          here ? 'bg-accent-soft hover:bg-accent-soft' : '',
        )}
      >
        <span className={cn('truncate text-[0.9375rem]', here ? 'font-semibold' : '')}>{title}</span>
        <span className="truncate text-micro text-ink-faint">
          {[title === kind ? null : kind, item.status === 'COMPLETED' ? chatWords.conversationDone : null]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </Link>
    </li>
  );
}
