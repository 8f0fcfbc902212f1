import { AppError } from '../../domain/errors';
import type { TurnChunk } from '../../domain/views';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { TURN_LEASE_SECONDS } from './start';

/**
 * Stores the next chunk of a running turn, renews its lease and wakes the readers. Answers whether the runner may go
 * on: false when the owner pressed Stop or the turn is no longer this runner's.
 */
export async function appendTurnChunk(
  ctx: ServiceContext,
  input: { turnId: string; chunk: TurnChunk },
): Promise<{ mayGoOn: boolean }> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ stopRequested: boolean }[]>`
      UPDATE "Turn" SET "leaseUntil" = (now() AT TIME ZONE 'utc') + make_interval(secs => ${TURN_LEASE_SECONDS})
      WHERE "id" = ${input.turnId} AND "workspaceId" = ${ctx.workspaceId} AND "status" = 'RUNNING'
      RETURNING "stopRequested"`;
    const turn = rows[0];
    if (!turn) return { mayGoOn: false };
    await tx.$executeRaw`
      INSERT INTO "TurnEvent" ("workspaceId", "turnId", "seq", "chunk")
      SELECT ${ctx.workspaceId}, ${input.turnId}, COALESCE(MAX("seq"), 0) + 1, ${JSON.stringify(input.chunk)}::jsonb
      FROM "TurnEvent" WHERE "turnId" = ${input.turnId}`;
    await tx.$executeRaw`SELECT pg_notify('aigency_turns', ${input.turnId})`;
    return { mayGoOn: !turn.stopRequested };
  });
}

/** Renews the lease while nothing is written (a slow model, a long tool). */
export async function renewTurn(ctx: ServiceContext, input: { turnId: string }): Promise<{ mayGoOn: boolean }> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ stopRequested: boolean }[]>`
      UPDATE "Turn" SET "leaseUntil" = (now() AT TIME ZONE 'utc') + make_interval(secs => ${TURN_LEASE_SECONDS})
      WHERE "id" = ${input.turnId} AND "workspaceId" = ${ctx.workspaceId} AND "status" = 'RUNNING'
      RETURNING "stopRequested"`;
    return { mayGoOn: rows[0] ? !rows[0].stopRequested : false };
  });
}

/** Ends a running turn once, with its last chunk; a second end changes nothing. */
export async function finishTurn(
  ctx: ServiceContext,
  input: { turnId: string; status: 'done' | 'stopped' | 'failed'; errorCode?: string; referenceId?: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const { turnId, ...end } = input;
    await appendTurnChunk(inner, { turnId, chunk: { type: 'end', ...end } });
    const changed = await tx.turn.updateMany({
      where: { workspaceId: ctx.workspaceId, id: turnId, status: 'RUNNING' },
      data: {
        status: input.status.toUpperCase(),
        errorCode: input.errorCode ?? null,
        endedAt: new Date(),
      } satisfies Prisma.TurnUpdateManyMutationInput,
    });
    if (changed.count === 0) return;
    const turn = await tx.turn.findFirst({
      where: { workspaceId: ctx.workspaceId, id: turnId },
      select: { conversationId: true, conversation: { select: { projectId: true } } },
    });
    await record(tx, inner, {
      event: 'turn.ended',
      subject: { type: 'turn', id: turnId },
      projectId: turn?.conversation.projectId ?? null,
      payload: { status: input.status, conversationId: turn?.conversationId ?? null },
    });
  });
}

/** Stores the owner's Stop; the runner sees it at its next chunk. A turn that has ended stays as it is. @throws AppError not_found */
export async function stopTurn(ctx: ServiceContext, input: { turnId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const mine = { workspaceId: ctx.workspaceId, id: input.turnId };
    await requireMay(inner, 'turn.stop');
    const changed = await tx.turn.updateMany({ where: { ...mine, status: 'RUNNING' }, data: { stopRequested: true } });
    if (changed.count === 0 && (await tx.turn.count({ where: mine })) === 0)
      throw new AppError('not_found', { turn: input.turnId });
  });
}
