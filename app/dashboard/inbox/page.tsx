import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageHead } from '@/components/dashboard/page-head';
import { InboxList } from '@/components/inbox/inbox-list';
import { DrawnFor } from '@/components/shell/drawn-for';
import { EmptyState } from '@/components/ui/empty-state';
import { readSession } from '@/lib/http/session';
import { readInbox } from '@/lib/services/approvals/inbox';
import { inboxWords as words } from '@/lib/words/en/admin';

export const metadata: Metadata = { title: words.title };

/** Every waiting card of every shop: the same cards as in the chats, pressed in the same way. */
export default async function Inbox() {
  const session = await readSession();
  if (!session) redirect('/sign-in?next=/dashboard/inbox');
  const items = await readInbox(session.ctx);
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <PageHead title={words.title} lead={words.lead} />
      <div className="mt-8 max-w-[46rem]">
        {items.length === 0 ? (
          <EmptyState title={words.empty.title}>{words.empty.body}</EmptyState>
        ) : (
          <InboxList items={items} />
        )}
      </div>
    </>
  );
}
