import { AppError } from '../../domain/errors';
import type { TurnChunk } from '../../domain/views';
import { type ServiceContext, transact } from '../context';

export type StoredChunk = { seq: number; chunk: TurnChunk };

/**
 * Chunks of a turn after a number, and whether more may come. A turn whose lease ran out without an end counts as
 * ended: its runner is gone.
 */
export async function readTurn(
  ctx: ServiceContext,
  input: { turnId: string; afterSeq: number },
): Promise<{ chunks: StoredChunk[]; running: boolean }> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ running: boolean }[]>`
      SELECT ("status" = 'RUNNING' AND "leaseUntil" > now() AT TIME ZONE 'utc') AS running
      FROM "Turn" WHERE "id" = ${input.turnId} AND "workspaceId" = ${ctx.workspaceId}`;
    const turn = rows[0];
    if (!turn) throw new AppError('not_found', { turn: input.turnId });
    const events = await tx.turnEvent.findMany({
      where: { workspaceId: ctx.workspaceId, turnId: input.turnId, seq: { gt: input.afterSeq } },
      orderBy: { seq: 'asc' },
      select: { seq: true, chunk: true },
    });
    // Written by appendTurnChunk alone, from the same type.
    return {
      chunks: events.map((event) => ({ seq: event.seq, chunk: event.chunk as TurnChunk })),
      running: turn.running,
    };
  });
}

/** The conversation's running turn, if a runner still holds it. */
export async function runningTurn(
  ctx: ServiceContext,
  input: { conversationId: string },
): Promise<{ id: string } | null> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Turn" WHERE "conversationId" = ${input.conversationId} AND "workspaceId" = ${ctx.workspaceId}
        AND "status" = 'RUNNING' AND "leaseUntil" > now() AT TIME ZONE 'utc'`;
    return rows[0] ?? null;
  });
}
