import { AppError, type AppErrorCode } from '../../domain/errors';
import type { DeployStep } from '../../domain/message';
import type { AccountAccess } from '../../platforms/port';
import { log } from '../../runtime/log';
import { accessFor } from '../connections/access';
import type { ServiceContext } from '../context';
import type { EffectResult } from '../effects/perform';
import { type PerformWriteInput, performWrite } from '../mutations/perform-write';
import { guardOf } from '../pacing/guard';
import { beginSpending } from '../pacing/settle';
import { failDeployment, finishDeployment } from './end';
import { look } from './look';
import { secondsToShow } from './patience';
import { enterStep, isStillMine } from './progress';
import { switchState } from './switch-state';
import { type Taken, takeDeployment } from './take';
import { deployTasks } from './tasks';
import { type Made, mirrorMade, type Where, writeOf } from './writes';

/** More attempts than any platform's mood explains (waits count as attempts). */
const MAX_ATTEMPTS = 300;
/** What a new try cannot change: the owner or we must act first. */
const FINAL: readonly AppErrorCode[] = [
  'platform_fix_input',
  'platform_not_permitted',
  'platform_reauthorise',
  'facebook_not_connected',
  'approval_hash_mismatch',
  'not_found',
  'stopped',
  'connection_quarantined',
  'internal',
];

/**
 * Carries an approved deployment as far as it can go now. May be called again at any moment, after any crash: finished
 * parts are not repeated, and a call whose answer was lost is looked for before it is sent again.
 */
export async function runDeployment(
  ctx: ServiceContext,
  input: { deploymentId: string; signal: AbortSignal },
): Promise<undefined | { snoozeSeconds: number }> {
  let taken: Taken | null = null;
  try {
    taken = await takeDeployment(ctx, input);
    if (!taken) return;
    if (taken.fence > MAX_ATTEMPTS) throw new AppError('internal', { attempts: taken.fence });
    return await carryOn(ctx, taken, input.signal);
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict' && error.details.effect !== undefined) {
      log.info(
        { deployment: input.deploymentId, effect: error.details.effect },
        'a newer attempt runs this deployment',
      );
      return;
    }
    if (!(error instanceof AppError) || !FINAL.includes(error.code)) throw error;
    log.warn({ deployment: input.deploymentId, err: error }, 'deployment cannot go on');
    await giveUp(ctx, input.deploymentId, taken, error.code);
  }
}

/** Never "nothing runs" once the last switch may have been pressed: then it is confirmed, or unknown, or told as such. */
async function giveUp(
  ctx: ServiceContext,
  deploymentId: string,
  taken: Taken | null,
  code: AppErrorCode,
): Promise<void> {
  const switched = await switchState(ctx, { deploymentId });
  if (taken && switched === 'on') return finishDeployment(ctx, taken, [], '');
  const told = switched === 'perhaps' ? 'platform_unknown_outcome' : code;
  await failDeployment(ctx, { deploymentId, code: told, reason: code, ...(taken ? { fence: taken.fence } : {}) });
}

async function carryOn(
  ctx: ServiceContext,
  taken: Taken,
  signal: AbortSignal,
): Promise<undefined | { snoozeSeconds: number }> {
  const { access, where } = await accessOf(ctx, taken);
  const guard = await guardOf(ctx, taken);
  const tasks = deployTasks(taken.plan, guard);
  const made: Made = new Map();
  let step: DeployStep | null = null;
  for (const task of tasks) {
    if (signal.aborted) throw new AppError('platform_retry_later', { retryAfterSeconds: 1, reason: 'interrupted' });
    if (task.step !== step) await enterStep(ctx, taken, task.step);
    step = task.step;
    const write = writeOf(ctx, task, taken.plan, made, where);
    if (!write) {
      const looked = await look(ctx, { taken, access, task, tasks, made, guard });
      if (looked) return looked;
      continue;
    }
    // Stopped by the owner, or taken over: nothing more leaves from here.
    if (!(await isStillMine(ctx, taken))) return;
    // The last switch: from here on its part of the month counts as spent, whatever becomes of the call.
    if (task.key === 'on:campaign' && !(await beginSpending(ctx, { holderId: taken.deploymentId }))) return;
    const parentRemoteId =
      task.do === 'ad_set'
        ? (made.get('campaign') ?? null)
        : task.do === 'ad'
          ? (made.get(`adset:${task.adSetKey}`) ?? null)
          : null;
    const result = await writeOnceShown(ctx, {
      access,
      key: `${taken.deploymentId}:${task.key}`,
      deploymentId: taken.deploymentId,
      fence: taken.fence,
      write,
      onDone: async (tx, inner, remoteId) => {
        if (remoteId !== null)
          await mirrorMade(tx, inner, {
            campaignRecordId: taken.campaignRecordId,
            accountId: access.accountId,
            task,
            remoteId,
            plan: taken.plan,
            parentRemoteId,
          });
      },
    });
    if (result.kind === 'wait') return { snoozeSeconds: Math.max(1, result.seconds) };
    if (result.kind === 'needs_review') {
      await failDeployment(ctx, {
        deploymentId: taken.deploymentId,
        code: 'platform_unknown_outcome',
        reason: `${task.key}: ${result.reason}`,
        fence: taken.fence,
      });
      return;
    }
    if (result.remoteId !== null) made.set(task.key, result.remoteId);
  }
}

/** A platform that does not know yet what it made for us a moment ago is asked again, not taken at its word. */
async function writeOnceShown(
  ctx: ServiceContext,
  input: PerformWriteInput & { deploymentId: string },
): Promise<EffectResult> {
  try {
    return await performWrite(ctx, input);
  } catch (error) {
    if (!(error instanceof AppError) || error.details.reason !== 'object_missing') throw error;
    const seconds = await secondsToShow(ctx, input);
    if (seconds === null) throw error;
    return { kind: 'wait', seconds };
  }
}

/** The account and Page must still be the ones the owner saw on the card. */
async function accessOf(ctx: ServiceContext, taken: Taken): Promise<{ access: AccountAccess; where: Where }> {
  const { access, account, page } = await accessFor(ctx, { projectId: taken.projectId });
  if (
    ![account.id, account.externalId].includes(taken.adAccountId) ||
    access.currency !== taken.plan.dailyBudget.currency
  ) {
    throw new AppError('platform_fix_input', { reason: 'another account is selected' });
  }
  if (!page || ![page.id, page.externalId].includes(taken.plan.page.id))
    throw new AppError('platform_fix_input', { reason: 'another page is selected' });
  return {
    access,
    where: { campaignRecordId: taken.campaignRecordId, pageId: page.externalId, instagramId: taken.plan.instagramId },
  };
}
