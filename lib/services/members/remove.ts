import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { holdOwners } from './hold-owners';

/**
 * Removes a person from the workspace; everybody may leave by themselves. Their open pages and streams of this workspace
 * end within seconds. @throws AppError not_permitted, not_found, last_owner
 */
export async function removeMember(ctx: ServiceContext, input: { userId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const leaves = ctx.actor.type === 'user' && ctx.actor.id === input.userId;
    if (!leaves) await requireMay(inner, 'member.manage');
    const owners = await holdOwners(tx, ctx);
    if (owners.length === 1 && owners[0] === input.userId) throw new AppError('last_owner');
    const gone = await tx.member.deleteMany({ where: { organizationId: ctx.workspaceId, userId: input.userId } });
    if (gone.count === 0) throw new AppError('not_found', { member: input.userId });
    await tx.session.updateMany({
      where: { userId: input.userId, activeOrganizationId: ctx.workspaceId },
      data: { activeOrganizationId: null },
    });
    await record(tx, inner, {
      event: 'member.removed',
      subject: { type: 'member', id: input.userId },
      audit: { before: { member: true }, after: { member: false, left: leaves } },
    });
  });
}
