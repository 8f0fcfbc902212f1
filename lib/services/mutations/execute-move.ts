import { AppError } from '../../domain/errors';
import type { RemoteSeen } from '../../platforms/port';
import { log } from '../../runtime/log';
import type { ServiceContext } from '../context';
import type { EffectResult } from '../effects/perform';
import { takerHolder } from '../pacing/reserve-move';
import { beginSpending } from '../pacing/settle';
import { completeAction, failAction } from './end-action';
import { isOver, type MoveRun, planned, writeAll } from './move-steps';
import { hasPutBackBegun, putMoveBack } from './put-move-back';
import { hasDrifted, refuseDrift } from './step-writes';
import { followLowering, tellStopRule } from './tell-stop-rule';

/**
 * Money from one campaign to another: both are looked at before anything is written; the one that gives goes down first
 * (and its cap with it), then the other's cap and stop rule are told, then it goes up. What cannot be finished is put back,
 * and where even that cannot be done it is said which of the two stands how. Called again after a crash it goes on where the
 * ledger stands; once putting back has begun, it never raises any more.
 */
export async function carryOutMove(ctx: ServiceContext, run: MoveRun): Promise<undefined | { snoozeSeconds: number }> {
  const { held, move, access } = run;
  if (await hasPutBackBegun(ctx, held.id))
    return putMoveBack(ctx, run, new AppError('platform_fix_input', { reason: 'it was being put back' }));
  for (const holderId of [held.id, takerHolder(held.id)])
    if (!(await beginSpending(ctx, { holderId })))
      throw new AppError('not_permitted', { reason: 'its part of the month was given back' });
  const down = planned(run, move.giver, move.giver.budgets, 'lower');
  const up = planned(run, move.taker, move.taker.budgets, 'raise');
  const guards = planned(run, move.taker, move.taker.guards, 'taker_guard');
  for (const { step, key, name } of [...down, ...guards, ...up])
    await refuseDrift(ctx, { held, step, access, key, name });
  const after: RemoteSeen[] = [];
  try {
    const lowered = await writeAll(ctx, run, down, after);
    if (lowered.kind !== 'done') return await open(ctx, run, lowered);
    const capStays = !(await tightenGiver(ctx, run, after));
    if (capStays && move.giver.capMustFall)
      throw new AppError('platform_fix_input', { reason: 'the cap could not be brought down' });
    const guarded = await writeAll(ctx, run, guards, after);
    if (guarded.kind !== 'done') return await open(ctx, run, guarded);
    const ruled = await tellStopRule(ctx, {
      held: { id: held.id, stopRule: move.taker.stopRule, campaign: move.taker.campaign },
      access,
    });
    if (ruled.kind !== 'done') return await open(ctx, run, ruled);
    const raised = await writeAll(ctx, run, up, after);
    if (raised.kind !== 'done') return await open(ctx, run, raised);
    const of = { actionId: held.id, action: held.action, campaign: move.giver.campaign };
    const followed = await followLowering(ctx, { ...of, access });
    if (followed.kind === 'wait') return await open(ctx, run, followed);
    await completeAction(ctx, {
      actionId: held.id,
      campaign: held.campaign,
      other: move.other,
      accountId: access.accountId,
      after,
      capStays,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || !isOver(error)) throw error;
    return await putMoveBack(ctx, run, error);
  }
}

/** The giver's cap follows its budgets down. False where it stands as it stood. */
async function tightenGiver(ctx: ServiceContext, run: MoveRun, after: RemoteSeen[]): Promise<boolean> {
  const { held, move, access } = run;
  for (const one of planned(run, move.giver, move.giver.guards, 'giver_guard')) {
    try {
      if (await hasDrifted(ctx, { held, access, ...one })) return false;
      if ((await writeAll(ctx, run, [one], after, true)).kind !== 'done') return false;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ action: held.id, err: error }, 'a cap stays where it stood');
      return false;
    }
  }
  return true;
}

/** A call may have left: come back after the wait. Where looking never settles it, both count as they may stand. */
async function open(
  ctx: ServiceContext,
  run: MoveRun,
  result: Exclude<EffectResult, { kind: 'done' }>,
): Promise<undefined | { snoozeSeconds: number }> {
  if (result.kind === 'wait') return { snoozeSeconds: Math.max(1, result.seconds) };
  await failAction(ctx, {
    actionId: run.held.id,
    code: 'platform_unknown_outcome',
    reasons: [result.reason],
    as: 'FAILED',
  });
  return undefined;
}
