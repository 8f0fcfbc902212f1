import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';
import type { TurnCause } from './request';

type Left = { id: string; workspaceId: string; conversationId: string; messageId: string };

/**
 * Messages whose server died before it answered them: the turn was opened and its lease ran out. The dead turn is closed
 * and a worker is asked to answer, once per message however many sweeps see it. A server that died in the middle of an
 * answer counts as well, as long as nothing it said has become a message. Returns how many were asked for.
 */
export async function answerLeftMessages(): Promise<number> {
  const left = await inSystem(
    (tx) => tx.$queryRaw<Left[]>`
      SELECT "id", "workspaceId", "conversationId", "cause"->>'messageId' AS "messageId" FROM "Turn"
      WHERE "status" = 'RUNNING' AND "leaseUntil" < now() AT TIME ZONE 'utc' AND "cause"->>'type' = 'message'
      ORDER BY "createdAt" LIMIT 200`,
  );
  let asked = 0;
  for (const turn of left) if (await takeUp(turn)) asked += 1;
  return asked;
}

async function takeUp({ id, workspaceId, conversationId, messageId }: Left): Promise<boolean> {
  const ctx: ServiceContext = { workspaceId, actor: { type: 'system' }, requestId: `left:${id}` };
  return transact(ctx, async (tx, inner) => {
    // Closed only while it still lies there: its own runner, or the next message, may have come in between.
    const closed = await tx.$executeRaw`
      UPDATE "Turn" SET "status" = 'FAILED', "errorCode" = 'internal', "endedAt" = now() AT TIME ZONE 'utc'
      WHERE "id" = ${id} AND "workspaceId" = ${workspaceId} AND "status" = 'RUNNING'
        AND "leaseUntil" < now() AT TIME ZONE 'utc'`;
    if (closed === 0 || (await isAnswered(inner, { conversationId, messageId }))) return false;
    const cause: TurnCause = { type: 'message', messageId };
    await enqueue(tx, {
      kind: 'run-turn',
      workspaceId,
      id: `answer:${messageId}`,
      key: `conversation:${conversationId}`,
      priority: 50,
      requestId: ctx.requestId,
      data: { conversationId, cause: JSON.stringify(cause) },
    });
    return true;
  });
}

/** Whether the agent, or a notice that it failed, has said anything after a message. */
export async function isAnswered(
  ctx: ServiceContext,
  input: { conversationId: string; messageId: string },
): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const scope = { workspaceId: ctx.workspaceId, conversationId: input.conversationId };
    const message = await tx.message.findFirst({ where: { ...scope, id: input.messageId }, select: { seq: true } });
    // A message that is gone wants no answer.
    if (!message) return true;
    const after = { ...scope, seq: { gt: message.seq }, role: { not: 'owner' }, turnId: { not: null } };
    return (await tx.message.count({ where: after })) > 0;
  });
}
