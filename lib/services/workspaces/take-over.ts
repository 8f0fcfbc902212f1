import { inSystem } from '../../runtime/db';
import { record } from '../ledger/record';

/**
 * Somebody who tried a pretend shop has signed up or signed in: what they made without an account becomes theirs, and the
 * nameless person goes. Run again it changes nothing. Only ever for somebody without an account.
 */
export async function takeOverWorkspaces(input: {
  fromUserId: string;
  toUserId: string;
  requestId: string;
}): Promise<{ workspaceIds: string[] }> {
  const { fromUserId, toUserId } = input;
  if (fromUserId === toUserId) return { workspaceIds: [] };
  return inSystem(async (tx) => {
    const nameless = await tx.user.findUnique({ where: { id: fromUserId }, select: { isAnonymous: true } });
    if (!nameless?.isAnonymous) return { workspaceIds: [] };
    const members = await tx.member.findMany({ where: { userId: fromUserId }, orderBy: { createdAt: 'asc' } });
    const workspaceIds: string[] = [];
    for (const { id, organizationId: workspaceId } of members) {
      const already = await tx.member.count({ where: { organizationId: workspaceId, userId: toUserId } });
      if (already === 0) await tx.member.update({ where: { id }, data: { userId: toUserId, createdAt: new Date() } });
      await tx.notification.updateMany({ where: { workspaceId, userId: fromUserId }, data: { userId: toUserId } });
      await tx.facebookConnection.updateMany({
        where: { workspaceId, userId: fromUserId },
        data: { userId: toUserId },
      });
      await record(
        tx,
        { workspaceId, actor: { type: 'user', id: toUserId }, requestId: input.requestId, tx },
        {
          event: 'member.joined',
          subject: { type: 'member', id: toUserId },
          audit: { before: { member: fromUserId }, after: { member: toUserId, role: 'owner' } },
        },
      );
      workspaceIds.push(workspaceId);
    }
    await tx.user.delete({ where: { id: fromUserId } });
    return { workspaceIds };
  });
}
