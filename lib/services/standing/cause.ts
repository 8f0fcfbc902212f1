import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import type { TurnCause } from '../turns/request';

/** What started a turn. @throws AppError not_found */
export async function readTurnCause(ctx: ServiceContext, input: { turnId: string }): Promise<TurnCause> {
  const turn = await transact(ctx, (tx) =>
    tx.turn.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.turnId }, select: { cause: true } }),
  );
  if (!turn) throw new AppError('not_found', { turn: input.turnId });
  // Written by startTurn alone, from the same type.
  return turn.cause as TurnCause;
}
