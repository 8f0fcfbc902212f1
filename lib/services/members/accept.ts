import { AppError } from '../../domain/errors';
import { may, roleNamed } from '../../domain/roles';
import { randomToken } from '../../runtime/crypto';
import { inSystem } from '../../runtime/db';
import { record } from '../ledger/record';

/**
 * Makes the person the invitation was sent to a member, once, and opens that workspace in their session. Somebody who is a
 * member already stays what they are. @throws AppError invitation_invalid, invitation_for_another
 */
export async function acceptInvitation(input: {
  invitationId: string;
  userId: string;
  sessionId: string;
  requestId: string;
}): Promise<{ workspaceId: string }> {
  return inSystem(async (tx) => {
    const open = { id: input.invitationId, status: 'pending', expiresAt: { gt: new Date() } };
    const row = await tx.invitation.findFirst({ where: open });
    if (!row) throw new AppError('invitation_invalid');
    const user = await tx.user.findUnique({ where: { id: input.userId }, select: { email: true, isAnonymous: true } });
    if (!user || user.isAnonymous || user.email.toLowerCase() !== row.email)
      throw new AppError('invitation_for_another');
    // Who was removed since, or may no longer let people in, lets nobody in.
    const inviter = await tx.member.findUnique({
      where: { organizationId_userId: { organizationId: row.organizationId, userId: row.inviterId } },
      select: { role: true },
    });
    if (!inviter || !may(roleNamed(inviter.role), 'member.manage')) throw new AppError('invitation_invalid');
    const changed = await tx.invitation.updateMany({ where: open, data: { status: 'accepted' } });
    if (changed.count === 0) throw new AppError('invitation_invalid');
    const workspaceId = row.organizationId;
    const role = roleNamed(row.role ?? 'analyst');
    const created = await tx.member.createMany({
      data: {
        id: randomToken(18),
        organizationId: workspaceId,
        userId: input.userId,
        role,
        approvalLimitMinor: row.approvalLimitMinor,
        approvalLimitCurrency: row.approvalLimitCurrency,
      },
      skipDuplicates: true,
    });
    await tx.session.updateMany({
      where: { id: input.sessionId, userId: input.userId },
      data: { activeOrganizationId: workspaceId },
    });
    if (created.count > 0)
      await record(
        tx,
        { workspaceId, actor: { type: 'user', id: input.userId }, requestId: input.requestId, tx },
        {
          event: 'member.joined',
          subject: { type: 'member', id: input.userId },
          audit: { after: { role, limit: row.approvalLimitMinor?.toString() ?? null } },
        },
      );
    return { workspaceId };
  });
}
