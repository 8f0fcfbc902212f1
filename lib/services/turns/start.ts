import { AppError } from '../../domain/errors';
import { isUniqueViolation } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import type { TurnCause } from './request';

/** A turn's lease in real seconds; the runner renews it while it works. */
export const TURN_LEASE_SECONDS = 30;

/**
 * Opens the conversation's one running turn. A turn whose lease ran out is closed as FAILED first.
 * @throws AppError turn_running, not_found
 */
export async function startTurn(
  ctx: ServiceContext,
  input: { conversationId: string; cause: TurnCause },
): Promise<{ turnId: string }> {
  try {
    return await transact(ctx, async (tx, inner) => {
      const conversation = await tx.conversation.findFirst({
        where: { workspaceId: ctx.workspaceId, id: input.conversationId },
        select: { projectId: true },
      });
      if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
      await tx.$executeRaw`
        UPDATE "Turn" SET "status" = 'FAILED', "errorCode" = 'internal', "endedAt" = now() AT TIME ZONE 'utc'
        WHERE "conversationId" = ${input.conversationId} AND "status" = 'RUNNING' AND "leaseUntil" < now() AT TIME ZONE 'utc'`;
      const rows = await tx.$queryRaw<
        { until: Date }[]
      >`SELECT (now() AT TIME ZONE 'utc') + make_interval(secs => ${TURN_LEASE_SECONDS}) AS until`;
      const turn = await tx.turn.create({
        data: {
          workspaceId: ctx.workspaceId,
          conversationId: input.conversationId,
          cause: input.cause,
          leaseUntil: rows[0]?.until ?? new Date(),
          requestId: ctx.requestId,
        },
        select: { id: true },
      });
      await record(tx, inner, {
        event: 'turn.started',
        subject: { type: 'turn', id: turn.id },
        projectId: conversation.projectId,
        payload: { conversationId: input.conversationId },
      });
      return { turnId: turn.id };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('turn_running', { conversation: input.conversationId });
    throw error;
  }
}
