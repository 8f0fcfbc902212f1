import { type CampaignAction, subjectOf } from '../../domain/action';
import { type CampaignStatus, mayBecome } from '../../domain/campaign-status';
import { AppError, type AppErrorCode } from '../../domain/errors';
import type { Plan } from '../../domain/plan';
import type { RemoteSeen } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import { newReferenceId } from '../../runtime/ids';
import { log } from '../../runtime/log';
import { settleWithAction } from '../approvals/settle';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { lockProject } from '../pacing/lock';
import { recountRunning } from '../pacing/recount';
import { commitReservation, endUntaken } from '../pacing/settle';
import { commitMove } from '../pacing/settle-move';
import { lockWorkspaceMonths } from '../pacing/workspace-room';
import type { CampaignKnown } from './campaign-state';
import { type FailedMove, type MoveOutcome, settleFailedMove } from './fail-move';
import { keepPlan, markRemoved } from './keep-plan';
import { keepTest } from './keep-test';
import { recordTree } from './record-seen';
import { recordShown, shownByName } from './record-shown';
import { setCampaignStatus } from './set-campaign-status';

type Completed = {
  actionId: string;
  campaign: CampaignKnown;
  /** The second campaign of a move between two. */
  other?: CampaignKnown;
  accountId: string;
  after: readonly RemoteSeen[];
  /** Everything below a campaign that was switched on again: its status follows it. */
  tree?: readonly RemoteSeen[];
  /** The cap at the platform could not be brought down with it. */
  capStays?: boolean;
  /** The draw by lot that was made for it at the platform; null where none was. */
  studyId?: string | null;
};

/** Outcome, mirror, audit and event of an action that the platform confirmed, in one transaction. */
export async function completeAction(ctx: ServiceContext, input: Completed): Promise<void> {
  const { campaign } = input;
  await transact(ctx, async (tx, inner) => {
    await lockProject(tx, inner, campaign.projectId);
    await lockWorkspaceMonths(tx, inner);
    const now = await workspaceNow(inner, tx);
    const after = shownByName(input);
    const executing = { workspaceId: ctx.workspaceId, id: input.actionId, state: 'EXECUTING' };
    const changed = await tx.campaignActionRecord.updateMany({
      where: executing,
      data: { state: 'DONE', after, executedAt: now },
    });
    if (changed.count === 0) return;
    const row = await tx.campaignActionRecord.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
    });
    const action = row.action as CampaignAction;
    await recordShown(tx, inner, input);
    if (input.tree)
      await showTree(tx, inner, { campaignRecordId: campaign.id, accountId: input.accountId, objects: input.tree });
    if (action.kind === 'pause_campaign') await showStatus(tx, inner, campaign.id, 'PAUSED');
    if (action.kind === 'delete_campaign') await showStatus(tx, inner, campaign.id, 'ARCHIVED');
    await markRemoved(tx, inner, { campaignRecordId: campaign.id, action });
    const { structure } = await tx.campaignRecord.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, id: campaign.id },
      select: { structure: true },
    });
    await keepPlan(tx, inner, { campaignRecordId: campaign.id, plan: structure as Plan, action });
    await keepTest(tx, inner, {
      actionId: row.id,
      approvalId: row.approvalId,
      campaign,
      action,
      studyId: input.studyId ?? null,
    });
    if (input.other) await commitMove(tx, inner, { actionId: row.id, capStays: input.capStays === true });
    else await commitReservation(tx, inner, { holderId: row.id, capStays: input.capStays === true });
    // What it can no longer spend is free for something else.
    if (action.kind === 'pause_campaign' || action.kind === 'delete_campaign')
      await recountRunning(tx, inner, campaign.projectId);
    if (row.approvalId) await settleWithAction(tx, inner, { approvalId: row.approvalId, outcome: 'DONE' });
    if (row.undoOfId)
      await takeBack(tx, inner, {
        undoneId: row.undoOfId,
        byId: row.id,
        projectId: row.projectId,
        campaignId: campaign.id,
      });
    await record(tx, inner, {
      event: 'action.executed',
      subject: { type: 'action', id: row.id },
      projectId: row.projectId,
      payload: { campaignId: campaign.id, kind: action.kind, undo: row.undoOfId !== null },
      audit: {
        before: { state: 'EXECUTING' },
        after: { state: 'DONE', kind: action.kind, subject: subjectOf(action) },
        ...(row.approvalId ? { approvalId: row.approvalId } : {}),
      },
    });
  });
}

/** Where a look of the watch moved the status at the same moment, that look stands. */
async function showTree(tx: Tx, ctx: ServiceContext, seen: Parameters<typeof recordTree>[2]): Promise<void> {
  try {
    await recordTree(tx, ctx, seen);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
  }
}

/** A campaign that never came to run (its deployment failed, say) keeps saying so. */
async function showStatus(
  tx: Tx,
  ctx: ServiceContext,
  campaignRecordId: string,
  to: 'PAUSED' | 'ARCHIVED',
): Promise<void> {
  const row = await tx.campaignRecord.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, id: campaignRecordId },
    select: { status: true },
  });
  if (mayBecome(row.status as CampaignStatus, to)) await setCampaignStatus(tx, ctx, { campaignRecordId, to });
}

type TakenBack = { undoneId: string; byId: string; projectId: string; campaignId: string };

async function takeBack(tx: Tx, ctx: ServiceContext, input: TakenBack): Promise<void> {
  const changed = await tx.campaignActionRecord.updateMany({
    where: { workspaceId: ctx.workspaceId, id: input.undoneId, state: 'DONE' },
    data: { state: 'UNDONE', undoneById: input.byId },
  });
  if (changed.count === 0) return;
  await record(tx, ctx, {
    event: 'action.undone',
    subject: { type: 'action', id: input.undoneId },
    projectId: input.projectId,
    payload: { campaignId: input.campaignId, by: input.byId },
    audit: { before: { state: 'DONE' }, after: { state: 'UNDONE' } },
  });
}

type Failed = {
  actionId: string;
  code: AppErrorCode;
  reasons: string[];
  as: 'FAILED' | 'REFUSED';
  /** Of a move between two campaigns: what became of it. */
  move?: FailedMove;
};

/** An action that was not carried out, with the reason and the number that stands in the log. */
export async function failAction(ctx: ServiceContext, input: Failed): Promise<void> {
  const referenceId = newReferenceId();
  await transact(ctx, async (tx, inner) => {
    const action = await tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
      select: { projectId: true },
    });
    if (action) await lockProject(tx, inner, action.projectId);
    const executing = { workspaceId: ctx.workspaceId, id: input.actionId, state: 'EXECUTING' };
    const changed = await tx.campaignActionRecord.updateMany({
      where: executing,
      data: { state: input.as, errorCode: input.code, referenceId },
    });
    if (changed.count === 0) return;
    const row = await tx.campaignActionRecord.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, id: input.actionId },
    });
    const moves = row.kind === 'shift_campaigns';
    const ended = moves
      ? await settleFailedMove(tx, inner, { actionId: row.id, ...(input.move ? { move: input.move } : {}) })
      : null;
    if (!moves) await endUntaken(tx, inner, { holderId: row.id });
    if (row.approvalId)
      await settleWithAction(tx, inner, {
        approvalId: row.approvalId,
        outcome: ended ? OUTCOMES[ended] : await outcomeOf(tx, inner, row.id),
      });
    await record(tx, inner, {
      event: 'action.failed',
      subject: { type: 'action', id: row.id },
      projectId: row.projectId,
      payload: {
        campaignId: row.campaignRecordId,
        kind: row.kind,
        errorCode: input.code,
        referenceId,
        ...(ended ? { move: ended } : {}),
      },
      audit: {
        before: { state: 'EXECUTING' },
        after: { state: input.as, errorCode: input.code },
        reason: { reasons: input.reasons.join(',') },
      },
    });
  });
  log.warn(
    { action: input.actionId, code: input.code, reasons: input.reasons, referenceId },
    'action ended without effect',
  );
}

/** Where both campaigns stand as they stood, nothing of it was done. */
const OUTCOMES: Record<MoveOutcome, 'FAILED' | 'PARTLY_DONE'> = {
  not_made: 'FAILED',
  put_back: 'FAILED',
  half_done: 'PARTLY_DONE',
  unclear: 'PARTLY_DONE',
};

/** One part may have been done before another failed: a card says so. */
async function outcomeOf(tx: Tx, ctx: ServiceContext, actionId: string): Promise<'FAILED' | 'PARTLY_DONE'> {
  const done = await tx.remoteEffect.count({
    where: {
      workspaceId: ctx.workspaceId,
      actionId,
      state: 'DONE',
      OR: [{ kind: { startsWith: 'set_ad' } }, { kind: 'create_ad' }],
    },
  });
  return done > 0 ? 'PARTLY_DONE' : 'FAILED';
}
