import { isStopAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { AccountAccess, RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { log } from '../../runtime/log';
import { accessFor } from '../connections/access';
import { type ServiceContext, transact } from '../context';
import { beginSpending } from '../pacing/settle';
import { standsAsWanted, stepsOfAction } from './action-steps';
import { checkAction, type HeldAction } from './check';
import { completeAction, failAction } from './end-action';
import { carryOutMove } from './execute-move';
import { isFinal } from './final-errors';
import { makeAd } from './make-ad';
import { performWrite } from './perform-write';
import { restoreRule } from './restore-rule';
import { drawOrEnd, refuseWithoutDraw } from './split-test';
import { hasDrifted, refuseDrift, writeOfStep } from './step-writes';
import { ensureCreative } from './swap-creative';
import { followLowering, tellStopRule } from './tell-stop-rule';

/**
 * THE GATE, in this order, failing closed: tenant and state; allow-list and schema; approval or auto class, judged again
 * with limits and health (what only stops passes before them); connection; drift; then per value intent, call and
 * read-back; then outcome, audit and event in one transaction. An action that is not EXECUTING is left alone, so that
 * any number of calls carry it out once.
 */
export async function executeAction(
  ctx: ServiceContext,
  input: { actionId: string; signal?: AbortSignal },
): Promise<undefined | { snoozeSeconds: number }> {
  if (ctx.tx) throw new Error('no transaction may be open during a call to the outside');
  try {
    const checked = await transact(ctx, (tx, inner) => checkAction(tx, inner, input.actionId));
    if (!checked) return;
    if (checked.refused) {
      return await ended(ctx, {
        actionId: input.actionId,
        code: checked.refused.code,
        reasons: checked.refused.reasons,
        as: 'REFUSED',
      });
    }
    return await carryOut(ctx, checked.held, input.signal);
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict' && error.details.effect !== undefined) {
      log.info({ action: input.actionId, effect: error.details.effect }, 'a newer attempt carries this out');
      return;
    }
    if (error instanceof AppError && (isFinal(error) || error.code === 'conflict')) {
      log.warn({ action: input.actionId, err: error }, 'an action was not carried out');
      return await ended(ctx, {
        actionId: input.actionId,
        code: error.code,
        reasons: [String(error.details.reason ?? error.code)],
        as: 'FAILED',
      });
    }
    throw error;
  }
}

async function carryOut(
  ctx: ServiceContext,
  held: HeldAction,
  signal?: AbortSignal,
): Promise<undefined | { snoozeSeconds: number }> {
  const { campaign, action } = held;
  const stops = isStopAction(action);
  // A stop must get through a connection that is otherwise taken out of service.
  const { access, account, page } = await accessFor(ctx, { projectId: campaign.projectId, evenIfBroken: stops });
  if (![account.id, account.externalId].includes(campaign.adAccountId))
    throw new AppError('platform_fix_input', { reason: 'another account is selected' });
  if (held.move) return carryOutMove(ctx, { held, move: held.move, access, ...(signal ? { signal } : {}) });
  const after: RemoteSeen[] = [];
  // What may cost more from here on counts as spent, whatever becomes of the call.
  if (!stops && !(await beginSpending(ctx, { holderId: held.id })))
    throw new AppError('not_permitted', { reason: 'its part of the month was given back' });
  const pageId = page?.externalId ?? campaign.plan.page.id;
  const fresh = action.kind === 'add_ad' ? await makeAd(ctx, { held, action, access, pageId }) : null;
  if (fresh && fresh.kind !== 'done') return unfinished(ctx, held, fresh);
  const standing = fresh ? { ...campaign, objects: [...campaign.objects, fresh.object] } : campaign;
  const steps = [...held.guards, ...stepsOfAction(action, standing)].map((step, ordinal) => ({
    step,
    key: `${held.id}:${step.set}:${ordinal}`,
  }));
  await refuseWithoutDraw({ held, access });
  // The rule lets dearer days through: it is not touched for a raise that will not come.
  if (held.stopRule) for (const { step, key } of steps) await refuseDrift(ctx, { held, step, access, key });
  const ruled = await tellStopRule(ctx, { held, access });
  if (ruled.kind !== 'done') return unfinished(ctx, held, ruled);
  for (const { step, key } of steps) {
    if (signal?.aborted) throw new AppError('platform_retry_later', { retryAfterSeconds: 1, reason: 'interrupted' });
    await refuseDrift(ctx, { held, step, access, key });
    const creative =
      step.set === 'creative'
        ? await ensureCreative(ctx, {
            actionId: held.id,
            campaign,
            access,
            pageId,
            key: step.afterKey,
          })
        : null;
    if (creative && creative.kind !== 'done') return unfinished(ctx, held, creative);
    const written = await performWrite(ctx, {
      access,
      key,
      actionId: held.id,
      fence: null,
      stops,
      write: writeOfStep(step, creative?.remoteId ?? null),
    });
    if (written.kind !== 'done') return unfinished(ctx, held, written);
    const seen = await readerFor(access.platform).read(access, step.level, step.object.remoteId);
    if (!standsAsWanted(step, seen, creative?.remoteId ?? null))
      throw new AppError('platform_fix_input', { reason: 'read back something else', object: step.object.localKey });
    if (seen) after.push(seen);
  }
  const drawn = await drawOrEnd(ctx, { held, access });
  if (drawn.kind !== 'done') return unfinished(ctx, held, drawn);
  if (action.kind === 'restore_guard' && action.guard.what === 'stop_rule') {
    const restored = await restoreRule(ctx, { held, access, perDay: action.guard.to });
    if (restored.kind !== 'done') return unfinished(ctx, held, restored);
  }
  const capStays = !(await tighten(ctx, { held, access, after }));
  const followed = await followLowering(ctx, { actionId: held.id, action, campaign, access });
  if (followed.kind === 'wait') return unfinished(ctx, held, followed);
  const tree = action.kind === 'resume_campaign' ? await treeOf(campaign, access) : null;
  await completeAction(ctx, {
    actionId: held.id,
    campaign: standing,
    accountId: access.accountId,
    after,
    ...(tree ? { tree } : {}),
    capStays,
    studyId: drawn.studyId,
  });
}

/** What a campaign that was switched on again shows at once, review and all; null: the next look says it. */
async function treeOf(campaign: HeldAction['campaign'], access: AccountAccess): Promise<RemoteSeen[] | null> {
  const root = campaign.objects.find(({ level }) => level === 'campaign');
  try {
    return root ? await readerFor(access.platform).readCampaignTree(access, root.remoteId) : null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.info({ campaign: campaign.id, err: error }, 'a campaign that is on again shows its state at the next look');
    return null;
  }
}

/**
 * The cap comes down with the budgets, once these are lowered: more room than needed is no reason to call that a failure.
 * False where it stands as it stood: somebody else set it, or the platform would not take it.
 */
async function tighten(
  ctx: ServiceContext,
  input: { held: HeldAction; access: AccountAccess; after: RemoteSeen[] },
): Promise<boolean> {
  const { held, access, after } = input;
  for (const [ordinal, step] of held.tighter.entries()) {
    const key = `${held.id}:tighter:${ordinal}`;
    try {
      if (await hasDrifted(ctx, { held, step, access, key })) return false;
      const write = writeOfStep(step, null);
      const written = await performWrite(ctx, { access, key, actionId: held.id, fence: null, stops: true, write });
      const seen = await readerFor(access.platform).read(access, step.level, step.object.remoteId);
      if (written.kind !== 'done' || !seen || !standsAsWanted(step, seen, null)) return false;
      after.push(seen);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ action: held.id, err: error }, 'a cap stays where it stood');
      return false;
    }
  }
  return true;
}

async function unfinished(
  ctx: ServiceContext,
  held: HeldAction,
  result: { kind: 'wait'; seconds: number } | { kind: 'needs_review'; reason: string },
): Promise<undefined | { snoozeSeconds: number }> {
  if (result.kind === 'wait') return { snoozeSeconds: Math.max(1, result.seconds) };
  return await ended(ctx, {
    actionId: held.id,
    code: 'platform_unknown_outcome',
    reasons: [result.reason],
    as: 'FAILED',
  });
}

/** An action that is over without effect: the job has nothing more to do. */
async function ended(ctx: ServiceContext, failure: Parameters<typeof failAction>[1]): Promise<undefined> {
  await failAction(ctx, failure);
}
