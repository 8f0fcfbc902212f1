import { AppError } from '../../domain/errors';
import { inSystem } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { INSTALLATION, periodsOf, take } from './allowance';
import { dayLimitMicros, workspaceLimitMicros } from './limits';

export type PlannedCall = {
  turnId: string | null;
  provider: string;
  model: string;
  /** The most this call can cost, micro-dollars. */
  micros: bigint;
};

/**
 * Sets aside what a call of the model may cost, before it is made: out of the workspace's month and out of the
 * installation's day, both or none. It counts in full until it is settled. Returns the reservation's id.
 * @throws AppError model_limit_reached, model_day_limit_reached
 */
export async function reserveModelCall(ctx: ServiceContext, call: PlannedCall): Promise<string> {
  const { micros, ...named } = call;
  const { workspaceId } = ctx;
  // The installation's allowance belongs to no workspace, so this one verb looks across; every row is named in full.
  return inSystem(async (tx) => {
    const at = new Date();
    const { month, day } = periodsOf(at);
    const limit = await workspaceLimitMicros(tx, workspaceId);
    if (!(await take(tx, { workspaceId, period: month, micros, limit })))
      throw new AppError('model_limit_reached', { limitMicros: limit.toString() });
    if (!(await take(tx, { workspaceId: INSTALLATION, period: day, micros, limit: dayLimitMicros() })))
      throw new AppError('model_day_limit_reached', { limitMicros: dayLimitMicros().toString() });
    const row = await tx.modelUsage.create({
      data: {
        workspaceId,
        ...named,
        inputTokens: 0,
        outputTokens: 0,
        costMicros: micros,
        reservedMicros: micros,
        state: 'RESERVED',
        at,
      },
      select: { id: true },
    });
    return row.id;
  });
}
