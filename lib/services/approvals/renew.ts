import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { lockProject } from '../pacing/lock';
import { requireMay } from '../workspaces/require-may';
import { requestApproval } from './request';

/** Business hours of a renewed launch card. */
const LIFETIME_HOURS = 24;

/**
 * Puts an expired launch card before the owner again: the same plan version, letter by letter, under a new card. Only
 * while the campaign still waits and no newer version was drafted.
 * @throws AppError not_found, not_permitted, approval_not_waiting
 */
export async function renewApproval(
  ctx: ServiceContext,
  input: { approvalId: string },
): Promise<{ approvalId: string; hash: string }> {
  return transact(ctx, async (tx, inner) => {
    const old = await tx.approval.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.approvalId } });
    if (!old?.campaignRecordId || !old.planVersionId) throw new AppError('not_found', { approval: input.approvalId });
    await requireMay(inner, 'approval.answer');
    await lockProject(tx, inner, old.projectId);
    const campaign = await tx.campaignRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: old.campaignRecordId },
      select: { status: true },
    });
    const newest = await tx.planVersion.findFirst({
      where: { workspaceId: ctx.workspaceId, campaignRecordId: old.campaignRecordId },
      orderBy: { version: 'desc' },
    });
    const isOpen =
      old.kind === 'launch' &&
      old.state === 'EXPIRED' &&
      campaign?.status === 'PENDING_APPROVAL' &&
      newest?.id === old.planVersionId;
    if (!isOpen || newest.sha256 !== old.hash)
      throw new AppError('approval_not_waiting', { approval: old.id, state: old.state });
    return requestApproval(inner, {
      kind: 'launch',
      projectId: old.projectId,
      conversationId: old.conversationId,
      campaignRecordId: old.campaignRecordId,
      planVersionId: old.planVersionId,
      payload: JSON.parse(newest.canonical) as object,
      shownText: old.shownText,
      ...(old.deltaMinor === null ? {} : { deltaMinor: old.deltaMinor }),
      ...(old.currency === null ? {} : { currency: old.currency }),
      lifetimeHours: LIFETIME_HOURS,
      subject: old.subject,
    });
  });
}
