import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import type { RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import type { EffectResult } from '../effects/perform';
import { type ActionStep, standsAsPlanned, standsAsWanted } from './action-steps';
import { failAction } from './end-action';
import { type FailedMove, type MoveOutcome, mayHaveLeft } from './fail-move';
import type { MoveLeg } from './hold-move';
import { isOver, isPartBegun, type MoveRun, planned, writeAll } from './move-steps';
import { proposeAction } from './propose';

const BACK = ['undo_raise', 'undo_guard', 'undo_cap', 'put_back'];

export function hasPutBackBegun(ctx: ServiceContext, actionId: string): Promise<boolean> {
  return isPartBegun(ctx, actionId, BACK);
}

/**
 * A move that cannot be finished: whatever of the raise was taken goes down again, then the giver is set back to what it
 * was. Nothing is set back while the raise may still arrive, nor against a stop, nor over somebody else's value. The action
 * ends as failed and says what stands; where the giver stays lower, putting it back comes as a card.
 */
export async function putMoveBack(
  ctx: ServiceContext,
  run: MoveRun,
  cause: AppError,
): Promise<undefined | { snoozeSeconds: number }> {
  const { held, move, access } = run;
  const after: RemoteSeen[] = [];
  const doubtful = await isRaiseOpen(ctx, held.id);
  if (!doubtful) {
    const back = await writeBack(ctx, run, after);
    if (back?.kind === 'wait') return { snoozeSeconds: Math.max(1, back.seconds) };
  }
  const giver = await shown(run, move.giver);
  const taker = await shown(run, move.taker);
  const isLowered = await isPartDone(ctx, held.id, 'lower', move.giver.budgets.length);
  const isBegun = await transact(ctx, (tx, inner) => mayHaveLeft(tx, inner, `${held.id}:lower:`));
  const outcome = isBegun ? outcomeOf({ giver, taker, doubtful }) : 'not_made';
  const failed: FailedMove = {
    outcome,
    isLowered: isLowered && giver.every(({ step, seen }) => seen !== null && standsAsWanted(step, seen, null)),
    // Set back before its budgets could not be: it stands where it stood.
    capStays:
      !(await isPartDone(ctx, held.id, 'giver_guard', move.giver.guards.length)) ||
      (await isPartDone(ctx, held.id, 'undo_cap', 1)),
    takerCapRaised:
      (await isPartDone(ctx, held.id, 'taker_guard', 1)) && !(await isPartDone(ctx, held.id, 'undo_guard', 1)),
    campaign: held.campaign,
    other: move.other,
    accountId: access.accountId,
    after: [...giver, ...taker].flatMap(({ seen }) => (seen ? [seen] : [])),
  };
  await failAction(ctx, {
    actionId: held.id,
    code: cause.code,
    reasons: [String(cause.details.reason ?? cause.code)],
    as: 'FAILED',
    move: failed,
  });
  if (outcome === 'half_done' && failed.isLowered) await askToPutBack(ctx, run);
  return undefined;
}

type Shown = { step: ActionStep; seen: RemoteSeen | null };

async function shown({ access }: MoveRun, leg: MoveLeg): Promise<Shown[]> {
  const all: Shown[] = [];
  for (const step of leg.budgets)
    all.push({ step, seen: await readerFor(access.platform).read(access, step.level, step.object.remoteId) });
  return all;
}

function outcomeOf(standing: { giver: Shown[]; taker: Shown[]; doubtful: boolean }): MoveOutcome {
  const asBefore = ({ step, seen }: Shown) => seen !== null && standsAsPlanned(step, seen);
  if (standing.doubtful || !standing.taker.every(asBefore)) return 'unclear';
  return standing.giver.every(asBefore) ? 'put_back' : 'half_done';
}

/** The answer to a raise was lost and not found out since: it may still arrive, or stand there. */
function isRaiseOpen(ctx: ServiceContext, actionId: string): Promise<boolean> {
  return transact(ctx, async (tx, inner) => {
    if (!(await mayHaveLeft(tx, inner, `${actionId}:raise:`))) return false;
    const open = await tx.remoteEffect.count({
      where: {
        workspaceId: ctx.workspaceId,
        key: { startsWith: `${actionId}:raise:` },
        state: { in: ['SENT', 'UNKNOWN', 'NEEDS_REVIEW'] },
      },
    });
    return open > 0;
  });
}

async function isPartDone(ctx: ServiceContext, actionId: string, part: string, count: number): Promise<boolean> {
  const done = await transact(ctx, (tx) =>
    tx.remoteEffect.count({
      where: { workspaceId: ctx.workspaceId, key: { startsWith: `${actionId}:${part}:` }, state: 'DONE' },
    }),
  );
  return done >= count;
}

/** What was raised goes down, the caps go back, and last the giver goes up to what it was. Null where it got stuck. */
async function writeBack(ctx: ServiceContext, run: MoveRun, after: RemoteSeen[]): Promise<EffectResult | null> {
  const { move } = run;
  try {
    const down = await stillChanged(ctx, run, move.taker, move.taker.budgets, 'undo_raise');
    const lowered = await writeAll(ctx, run, down, after, true);
    if (lowered.kind !== 'done') return lowered;
    // More room under a cap than is needed costs nothing: where it cannot be brought down again it stays.
    const guards = await stillChanged(ctx, run, move.taker, move.taker.guards, 'undo_guard');
    await writeAll(ctx, run, guards, after, true).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
    const cap = await stillChanged(ctx, run, move.giver, move.giver.guards, 'undo_cap');
    const capped = await writeAll(ctx, run, cap, after);
    if (capped.kind !== 'done') return capped;
    return await writeAll(ctx, run, await stillChanged(ctx, run, move.giver, move.giver.budgets, 'put_back'), after);
  } catch (error) {
    if (!(error instanceof AppError) || !isOver(error)) throw error;
    log.warn({ action: run.held.id, err: error }, 'a move could not be put back');
    return null;
  }
}

/**
 * The steps back, of those objects that show what we left there. One that shows the value back already is among them where a
 * call of ours may have left: it is settled in the ledger by looking, and not sent again.
 */
async function stillChanged(
  ctx: ServiceContext,
  run: MoveRun,
  leg: MoveLeg,
  steps: readonly ActionStep[],
  part: string,
) {
  const back = [];
  for (const one of planned(run, leg, steps, part)) {
    const seen = await readerFor(run.access.platform).read(run.access, one.step.level, one.step.object.remoteId);
    const step = inverse(one.step);
    if (!step || !seen) continue;
    const isBack = standsAsWanted(step, seen, null) && (await isSent(ctx, one.key));
    if (isBack || standsAsWanted(one.step, seen, null)) back.push({ ...one, step });
  }
  return back;
}

function isSent(ctx: ServiceContext, key: string): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const sent = await tx.remoteEffect.count({ where: { workspaceId: ctx.workspaceId, key, sentAt: { not: null } } });
    return sent > 0;
  });
}

/** A cap or an end that was not ours before has nothing to go back to. */
function inverse(step: ActionStep): ActionStep | null {
  if (step.set === 'budget') return { ...step, before: step.after, after: step.before };
  if (step.set === 'cap' && step.before !== null) return { ...step, before: step.after, after: step.before };
  if (step.set === 'end' && step.before !== null) return { ...step, before: step.after, after: step.before };
  return null;
}

/** One card per group that stays lower: nobody raises it again without a press. Under a stop nothing is asked. */
async function askToPutBack(ctx: ServiceContext, { held, move }: MoveRun): Promise<void> {
  const { campaign, budgets } = move.giver;
  const day = await transact(ctx, async (tx, inner) => dayIn(campaign.timezone, await workspaceNow(inner, tx)));
  for (const step of budgets) {
    if (step.set !== 'budget') continue;
    const amount = (minor: bigint) => ({ minor: minor.toString(), currency: step.currency });
    try {
      await proposeAction(ctx, {
        campaignRecordId: campaign.id,
        suggestion: {
          action: {
            kind: 'set_ad_set_budget',
            adSetKey: step.object.localKey,
            from: amount(step.after),
            to: amount(step.before),
          },
          evidence: {
            rule: 'move-half-done',
            facts: [],
            confidence: null,
            alternatives: ['leave_budget'],
            wouldChange: [],
            since: day,
            until: day,
          },
        },
        day: `${day}:put-back:${held.id}`,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ action: held.id, err: error }, 'putting it back could not be asked');
    }
  }
}
