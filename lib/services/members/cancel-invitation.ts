import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';

/** Takes an invitation back; its link no longer opens. @throws AppError not_permitted, not_found */
export async function cancelInvitation(ctx: ServiceContext, input: { invitationId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'member.manage');
    const changed = await tx.invitation.updateMany({
      where: { organizationId: ctx.workspaceId, id: input.invitationId, status: 'pending' },
      data: { status: 'canceled' },
    });
    if (changed.count === 0) throw new AppError('not_found', { invitation: true });
    await record(tx, inner, {
      event: 'invitation.cancelled',
      subject: { type: 'workspace', id: ctx.workspaceId },
      audit: { after: { invitation: 'cancelled' } },
    });
  });
}
