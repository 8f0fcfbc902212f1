import type { ApprovalKind } from '../../domain/approval';
import { AppError } from '../../domain/errors';
import { policyRisk } from '../../domain/policy-change';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { proposeAgain } from '../mutations/ask-again';
import { askAlone } from '../mutations/ask-alone';
import { askTogether } from '../mutations/ask-together';
import { askToRelease } from '../mutations/release-stop';
import { lockProject } from '../pacing/lock';
import { currentPolicy } from '../policy/current';
import { policyCardHours } from '../policy/propose-change';
import { requireMay } from '../workspaces/require-may';
import { refuseDrift } from './carry-out-action';
import { itemsOf, releaseSchema } from './items';
import { policyChangeSchema } from './payload';
import { requestApproval } from './request';
import type { ApprovalRow } from './row';

/** Business hours of a renewed launch card. */
const LIFETIME_HOURS = 24;
type Card = { approvalId: string; hash: string };

/**
 * Puts an expired card before the owner again under a new card that still has to be pressed: a launch or a change of limits
 * letter by letter, a change of a campaign as a new action judged by today's limits. Only while it could still be meant: no
 * newer card of the same thing waits, and what it was made from stands.
 * @throws AppError not_found, not_permitted, approval_not_waiting, approval_drift with the differences
 */
export async function renewApproval(ctx: ServiceContext, input: { approvalId: string }): Promise<Card> {
  return transact(ctx, async (tx, inner) => {
    const seen = await tx.approval.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.approvalId } });
    if (!seen) throw new AppError('not_found', { approval: input.approvalId });
    await requireMay(inner, 'approval.answer');
    await lockProject(tx, inner, seen.projectId);
    const old = await tx.approval.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, id: seen.id } });
    const newer = await tx.approval.count({
      where: { workspaceId: ctx.workspaceId, subject: old.subject, state: 'WAITING' },
    });
    if (old.state !== 'EXPIRED' || newer > 0) throw notOpen(old);
    switch (old.kind as ApprovalKind) {
      case 'launch':
        return renewLaunch(tx, inner, old);
      case 'policy_change':
        return renewPolicy(tx, inner, old);
      case 'campaign_action':
        await refuseDrift(tx, inner, old);
        return askAlone(tx, inner, await proposeAgain(tx, inner, { actionId: old.actionId ?? '', approvalId: old.id }));
      case 'bundle':
        return renewBundle(tx, inner, old);
      case 'stop_release':
        return renewRelease(tx, inner, old);
    }
  });
}

async function renewLaunch(tx: Tx, ctx: ServiceContext, old: ApprovalRow): Promise<Card> {
  if (!old.campaignRecordId || !old.planVersionId) throw notOpen(old);
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: old.campaignRecordId },
    select: { status: true },
  });
  const newest = await tx.planVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: old.campaignRecordId },
    orderBy: { version: 'desc' },
  });
  const isOpen = campaign?.status === 'PENDING_APPROVAL' && newest?.id === old.planVersionId;
  if (!isOpen || newest.sha256 !== old.hash) throw notOpen(old);
  return requestApproval(ctx, {
    ...sameAs(old),
    kind: 'launch',
    campaignRecordId: old.campaignRecordId,
    planVersionId: old.planVersionId,
    payload: JSON.parse(newest.canonical) as object,
    lifetimeHours: LIFETIME_HOURS,
  });
}

/** The same set once more; what of it makes no sense any more ends the whole, because another set is another card. */
async function renewBundle(tx: Tx, ctx: ServiceContext, old: ApprovalRow): Promise<Card> {
  await refuseDrift(tx, ctx, old);
  for (const { actionId } of itemsOf(old)) await proposeAgain(tx, ctx, { actionId, approvalId: old.id });
  await askTogether(ctx, { projectId: old.projectId });
  return waitingFor(tx, ctx, old.subject);
}

/** Lifting is asked for anew: what stands paused, and what it costs a day, is looked at again. */
async function renewRelease(tx: Tx, ctx: ServiceContext, old: ApprovalRow): Promise<Card> {
  await askToRelease(ctx, { stopId: releaseSchema.parse(JSON.parse(old.payload)).stopId });
  return waitingFor(tx, ctx, old.subject);
}

async function waitingFor(tx: Tx, ctx: ServiceContext, subject: string): Promise<Card> {
  const card = await tx.approval.findFirst({
    where: { workspaceId: ctx.workspaceId, subject, state: 'WAITING' },
    select: { id: true, hash: true },
  });
  if (!card) throw new AppError('approval_not_waiting', { subject });
  return { approvalId: card.id, hash: card.hash };
}

/** Limits that were changed since make the card's "before" untrue: then it is asked for anew instead. */
async function renewPolicy(tx: Tx, ctx: ServiceContext, old: ApprovalRow): Promise<Card> {
  await requireMay(ctx, 'policy.change');
  const payload = JSON.parse(old.payload) as object;
  const change = policyChangeSchema.safeParse(payload);
  const policy = await currentPolicy(tx, ctx, old.projectId);
  if (!change.success || !change.data.before || change.data.basedOn !== policy?.version) throw notOpen(old);
  const { before, after } = change.data;
  return requestApproval(ctx, {
    ...sameAs(old),
    kind: 'policy_change',
    payload,
    riskClass: policyRisk(before, after),
    policyVersion: policy.version,
    lifetimeHours: policyCardHours(before, after),
  });
}

function sameAs(old: ApprovalRow) {
  return {
    projectId: old.projectId,
    conversationId: old.conversationId,
    shownText: old.shownText,
    ...(old.deltaMinor === null ? {} : { deltaMinor: old.deltaMinor }),
    ...(old.currency === null ? {} : { currency: old.currency }),
    subject: old.subject,
  };
}

function notOpen(old: ApprovalRow): AppError {
  return new AppError('approval_not_waiting', { approval: old.id, state: old.state });
}
