import { AppError } from '../../domain/errors';
import type { ChatView, ConversationView } from '../../domain/views';
import { businessNow, type Tx } from '../../runtime/db';
import { env } from '../../runtime/env';
import { demoWords } from '../../words/en/demo';
import { type ServiceContext, transact } from '../context';
import { ensureOnboardingConversation } from '../conversations/open';
import { latestEventSeq } from '../events/read';
import { listMessages } from '../messages/list';
import { runningTurn } from '../turns/read';
import { loadProjectViews } from './view';

/**
 * Everything the chat page shows at first paint. Opening a project for the first time starts its onboarding, once.
 * Without a conversation id the newest one opens. @throws AppError not_found
 */
export async function openChat(
  ctx: ServiceContext,
  input: { projectId: string; conversationId?: string },
): Promise<ChatView> {
  await ensureOnboardingConversation(ctx, { projectId: input.projectId });
  return transact(ctx, async (tx, inner) => {
    // Read first: an event that comes in between is told again rather than missed.
    const eventSeq = await latestEventSeq(inner);
    const projects = await loadProjectViews(tx, inner);
    const project = projects.find(({ id }) => id === input.projectId);
    const conversations = await listConversations(tx, inner, input.projectId);
    const conversation = input.conversationId
      ? conversations.find(({ id }) => id === input.conversationId)
      : conversations[0];
    if (!project || !conversation) throw new AppError('not_found', input);
    const messages = await listMessages(inner, { conversationId: conversation.id });
    const clock = await readClock(tx, inner);
    const asksFirst = conversation.type === 'ONBOARDING' && !messages.some(({ role }) => role === 'owner');
    return {
      project,
      projects: projects.map(({ id, name }) => ({ id, name })),
      conversations,
      conversation,
      messages,
      runningTurn: await runningTurn(inner, { conversationId: conversation.id }),
      clock,
      offlineAgent: !env().ANTHROPIC_API_KEY,
      eventSeq,
      quickReplies: asksFirst && project.simulated ? demoWords.quickReplies : [],
    };
  });
}

async function listConversations(tx: Tx, ctx: ServiceContext, projectId: string): Promise<ConversationView[]> {
  const rows = await tx.conversation.findMany({
    where: { workspaceId: ctx.workspaceId, projectId },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map((row) => ({
    id: row.id,
    type: row.type as ConversationView['type'],
    status: row.status as ConversationView['status'],
    title: row.title,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
  }));
}

/** Time may be moved only where every connection is a pretend one. */
async function readClock(tx: Tx, ctx: ServiceContext): Promise<ChatView['clock']> {
  const modes = await tx.facebookConnection.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { mode: true },
  });
  const workspace = await tx.organization.findUniqueOrThrow({
    where: { id: ctx.workspaceId },
    select: { clockOffsetMs: true },
  });
  const now = await businessNow(tx, ctx.workspaceId);
  return {
    now: now.toISOString(),
    offsetMs: Number(workspace.clockOffsetMs),
    mayAdvance: modes.length > 0 && modes.every(({ mode }) => mode === 'SIMULATED'),
  };
}
