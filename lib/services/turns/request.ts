import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';

/** What started a turn. The agent sees it as a note, never as the owner's words. */
export type TurnCause =
  | { type: 'greeting' }
  | { type: 'message'; messageId: string }
  | { type: 'brief_confirmed' }
  | { type: 'connected' }
  | { type: 'connection_denied' }
  | { type: 'changes_requested'; approvalId: string }
  | { type: 'event'; eventId: string; note: string };

/** Asks a worker to let the agent speak; commits with the caller's change. */
export async function requestTurn(
  ctx: ServiceContext,
  input: { conversationId: string; cause: TurnCause },
): Promise<void> {
  await transact(ctx, (tx) =>
    enqueue(tx, {
      kind: 'run-turn',
      workspaceId: ctx.workspaceId,
      key: `conversation:${input.conversationId}`,
      priority: 50,
      requestId: ctx.requestId,
      data: { conversationId: input.conversationId, cause: JSON.stringify(input.cause) },
    }),
  );
}
