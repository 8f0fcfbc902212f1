import type { ApprovalDecision, ApprovalKind } from '../../domain/approval';
import { AppError } from '../../domain/errors';
import { sameSecret } from '../../runtime/crypto';
import type { Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { log } from '../../runtime/log';
import { decisionSentence } from '../../words/en/approvals';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { postMessage } from '../messages/post';
import { currentPolicy } from '../policy/current';
import { requireMay } from '../workspaces/require-may';
import { carryOutActions } from './carry-out-action';
import { carryOutLaunch, dropLaunch } from './carry-out-launch';
import { carryOutPolicy } from './carry-out-policy';
import { carryOutRelease } from './carry-out-release';
import { planDifferences } from './differences';
import { dropActions } from './drop-actions';
import { expireApprovals } from './expire';
import { lockForPress } from './lock-for-press';
import { pressOf } from './press-of';
import type { ApprovalRow } from './row';

export type DecideApprovalInput = { approvalId: string; hash: string; decision: ApprovalDecision };

/**
 * The owner's press on a card, once: the row must wait, be in time by business time, and carry the very hash that was
 * shown. What follows from it (deployment, action, new limits) is enqueued in the same transaction.
 * @throws AppError not_found, not_permitted, approval_hash_mismatch, approval_expired, approval_not_waiting
 */
export async function decideApproval(
  ctx: ServiceContext,
  input: DecideApprovalInput,
): Promise<{ state: 'APPROVED' | 'DECLINED' }> {
  // Only a person presses: no job, no agent and no web page can approve.
  if (ctx.actor.type !== 'user') throw new AppError('not_permitted', { actor: ctx.actor.type });
  const userId = ctx.actor.id;
  try {
    return await transact(ctx, (tx, inner) => decide(tx, inner, input, userId));
  } catch (error) {
    if (error instanceof AppError)
      log.warn(
        { approvalId: input.approvalId, code: error.code, workspaceId: ctx.workspaceId, requestId: ctx.requestId },
        'a press was refused',
      );
    // Closed in a transaction of its own: the refused press itself must leave nothing behind.
    if (error instanceof AppError && error.code === 'approval_expired')
      await expireApprovals(ctx, { approvalId: input.approvalId });
    throw error;
  }
}

async function decide(
  tx: Tx,
  ctx: ServiceContext,
  input: DecideApprovalInput,
  userId: string,
): Promise<{ state: 'APPROVED' | 'DECLINED' }> {
  const approval = await tx.approval.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.approvalId } });
  if (!approval) throw new AppError('not_found', { approval: input.approvalId });
  await lockForPress(tx, ctx, { approval, approves: input.decision === 'approve' });
  const policy = await currentPolicy(tx, ctx, approval.projectId);
  await requireMay(ctx, ...pressOf(approval, input.decision, policy?.envelope.monthlyCeiling ?? null));
  if (!sameSecret(input.hash, approval.hash) || sha256Hex(approval.payload) !== approval.hash) {
    throw new AppError('approval_hash_mismatch', {
      approval: approval.id,
      differences: await sincePrinted(tx, ctx, approval),
    });
  }
  const now = await workspaceNow(ctx, tx);
  const state = input.decision === 'approve' ? 'APPROVED' : 'DECLINED';
  const changed = await tx.approval.updateMany({
    where: {
      workspaceId: ctx.workspaceId,
      id: approval.id,
      state: 'WAITING',
      hash: approval.hash,
      expiresAt: { gt: now },
    },
    data: { state, decision: input.decision, decidedBy: userId, decidedAt: now },
  });
  if (changed.count === 0) throw await whyNot(tx, ctx, approval.id, now);
  await carryOut(tx, ctx, approval, input.decision);
  await record(tx, ctx, {
    event: 'approval.decided',
    subject: { type: 'approval', id: approval.id },
    projectId: approval.projectId,
    payload: {
      kind: approval.kind,
      decision: input.decision,
      conversationId: approval.conversationId,
      campaignId: approval.campaignRecordId,
      actionId: approval.actionId,
    },
    audit: {
      before: { state: 'WAITING' },
      after: { state, hash: approval.hash },
      reason: { decision: input.decision },
      approvalId: approval.id,
    },
  });
  if (approval.conversationId) {
    const approvalKind = approval.kind as ApprovalKind;
    await postMessage(ctx, {
      conversationId: approval.conversationId,
      role: 'owner',
      kind: 'APPROVAL_RESPONSE',
      text: decisionSentence(approvalKind, input.decision),
      payload: { kind: 'APPROVAL_RESPONSE', decision: input.decision, approvalKind },
    });
  }
  return { state };
}

/** For a launch whose stored text was touched: what is different from the plan version it was made from. */
async function sincePrinted(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<string[]> {
  if (approval.kind !== 'launch' || !approval.planVersionId) return [];
  const version = await tx.planVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, id: approval.planVersionId },
    select: { canonical: true },
  });
  return version ? planDifferences(version.canonical, approval.payload) : [];
}

async function whyNot(tx: Tx, ctx: ServiceContext, approvalId: string, now: Date): Promise<AppError> {
  const row = await tx.approval.findFirst({
    where: { workspaceId: ctx.workspaceId, id: approvalId },
    select: { state: true, expiresAt: true },
  });
  const expired = row?.state === 'EXPIRED' || (row?.state === 'WAITING' && row.expiresAt <= now);
  return new AppError(expired ? 'approval_expired' : 'approval_not_waiting', {
    approval: approvalId,
    state: row?.state ?? null,
  });
}

async function carryOut(tx: Tx, ctx: ServiceContext, approval: ApprovalRow, decision: ApprovalDecision): Promise<void> {
  const approved = decision === 'approve';
  switch (approval.kind as ApprovalKind) {
    case 'launch':
      return approved
        ? carryOutLaunch(tx, ctx, approval)
        : dropLaunch(tx, ctx, approval, decision === 'decline' ? 'ARCHIVED' : 'CHANGES_REQUESTED');
    case 'campaign_action':
    case 'bundle':
      return approved ? carryOutActions(tx, ctx, approval) : dropActions(tx, ctx, approval.id);
    case 'stop_release':
      return approved ? carryOutRelease(tx, ctx, approval) : dropActions(tx, ctx, approval.id);
    case 'policy_change':
      return approved ? carryOutPolicy(tx, ctx, approval) : undefined;
  }
}
