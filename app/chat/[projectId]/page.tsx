import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { ChatShell } from '@/components/chat/chat-shell';
import { AppProviders } from '@/components/shell/app-providers';
import { QueryProblem } from '@/components/shell/query-problem';
import { AppError } from '@/lib/domain/errors';
import { roleNamed } from '@/lib/domain/roles';
import { readSession, sessionForProject } from '@/lib/http/session';
import { openChat } from '@/lib/services/projects/open-chat';
import { chatWords } from '@/lib/words/en/chat';

export const metadata: Metadata = { title: chatWords.conversationKind.AGENT };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ conversation?: string; problem?: string; ref?: string }>;
};

export default async function Chat({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { conversation, problem, ref } = await searchParams;
  const signedIn = await readSession();
  if (!signedIn)
    redirect(
      `/sign-in?next=${encodeURIComponent(`/chat/${projectId}${conversation ? `?conversation=${conversation}` : ''}`)}`,
    );
  const session = await sessionForProject(signedIn, projectId);
  const view = await openChat(session.ctx, {
    projectId,
    ...(conversation ? { conversationId: conversation } : {}),
  }).catch(orNotFound);
  return (
    <AppProviders
      workspaceId={session.ctx.workspaceId}
      locale={session.user.locale}
      zone={session.user.timezone}
      eventSeq={view.eventSeq}
    >
      <ChatShell
        view={view}
        member={roleNamed(session.role)}
        notice={<QueryProblem code={problem} referenceId={ref} />}
      />
    </AppProviders>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === 'not_found') notFound();
  throw error;
}
