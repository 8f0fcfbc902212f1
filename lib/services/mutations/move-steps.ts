import { AppError } from '../../domain/errors';
import type { AccountAccess, RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { type ServiceContext, transact } from '../context';
import type { EffectResult } from '../effects/perform';
import { type ActionStep, standsAsWanted } from './action-steps';
import type { HeldAction } from './check';
import { isFinal } from './final-errors';
import type { HeldMove, MoveLeg } from './hold-move';
import { performWrite } from './perform-write';
import { OTHER } from './record-shown';
import { refuseDrift, writeOfStep } from './step-writes';

export type MoveRun = { held: HeldAction; move: HeldMove; access: AccountAccess; signal?: AbortSignal };
type Planned = { step: ActionStep; key: string; name: string };

/** Steps of one campaign with the keys of their effects and the names they are kept under. */
export function planned(run: MoveRun, leg: MoveLeg, steps: readonly ActionStep[], part: string): Planned[] {
  const { held, move } = run;
  const prefix = leg.campaign.id === move.other.id ? OTHER : '';
  return steps.map((step, ordinal) => ({
    step,
    key: `${held.id}:${part}:${ordinal}`,
    name: `${prefix}${step.level}:${step.object.localKey}`,
  }));
}

/** Intent, call and read-back of each. @throws AppError conflict on drift, platform_* */
export async function writeAll(
  ctx: ServiceContext,
  run: MoveRun,
  steps: readonly Planned[],
  after: RemoteSeen[],
  stops = false,
): Promise<EffectResult> {
  const { held, access, signal } = run;
  for (const { step, key, name } of steps) {
    if (signal?.aborted) throw new AppError('platform_retry_later', { retryAfterSeconds: 1, reason: 'interrupted' });
    await refuseDrift(ctx, { held, step, access, key, name });
    const write = writeOfStep(step, null);
    const written = await performWrite(ctx, { access, key, actionId: held.id, fence: null, stops, write });
    if (written.kind !== 'done') return written;
    const seen = await readerFor(access.platform).read(access, step.level, step.object.remoteId);
    if (!seen || !standsAsWanted(step, seen, null))
      throw new AppError('platform_fix_input', { reason: 'read back something else', object: step.object.localKey });
    after.push(seen);
  }
  return { kind: 'done', remoteId: null };
}

/** True where no later try can go on: refused for good, or somebody else's value stands there. */
export function isOver(error: AppError): boolean {
  // A newer attempt carries it out.
  if (error.code === 'conflict') return error.details.effect === undefined;
  return isFinal(error);
}

/** Whether the ledger knows of any call of these parts of an action, sent or not. */
export async function isPartBegun(ctx: ServiceContext, actionId: string, parts: readonly string[]): Promise<boolean> {
  const begun = await transact(ctx, (tx) =>
    tx.remoteEffect.count({
      where: {
        workspaceId: ctx.workspaceId,
        OR: parts.map((part) => ({ key: { startsWith: `${actionId}:${part}:` } })),
      },
    }),
  );
  return begun > 0;
}
