import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { holdOwners } from './hold-owners';
import { columnsOfTerms, type Terms } from './terms';

/** Gives a member another role or limit. @throws AppError not_permitted, not_found, last_owner, invalid_input */
export async function changeMemberRole(ctx: ServiceContext, input: Terms & { userId: string }): Promise<void> {
  const terms = columnsOfTerms(input);
  await transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'member.manage');
    const owners = await holdOwners(tx, ctx);
    const one = { organizationId: ctx.workspaceId, userId: input.userId };
    const before = await tx.member.findFirst({ where: one });
    if (!before) throw new AppError('not_found', { member: input.userId });
    if (terms.role !== 'owner' && owners.length === 1 && owners[0] === input.userId) throw new AppError('last_owner');
    await tx.member.updateMany({ where: one, data: terms });
    await record(tx, inner, {
      event: 'member.changed',
      subject: { type: 'member', id: input.userId },
      audit: {
        before: { role: before.role, limit: before.approvalLimitMinor?.toString() ?? null },
        after: { role: terms.role, limit: terms.approvalLimitMinor?.toString() ?? null },
      },
    });
  });
}
