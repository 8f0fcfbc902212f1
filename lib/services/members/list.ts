import { type MoneyJson, money, moneyToJson } from '../../domain/money';
import type { MemberList } from '../../domain/people';
import { may, roleNamed } from '../../domain/roles';
import { type ServiceContext, transact } from '../context';

/** Everybody in the workspace, longest first, and the invitations nobody has answered yet (real time). */
export async function listMembers(ctx: ServiceContext): Promise<MemberList> {
  return transact(ctx, async (tx) => {
    const rows = await tx.member.findMany({
      where: { organizationId: ctx.workspaceId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      include: { user: { select: { name: true, email: true, isAnonymous: true } } },
    });
    const me = ctx.actor.type === 'user' ? ctx.actor.id : null;
    const mine = rows.find((row) => row.userId === me);
    const mayManage = mine !== undefined && may(roleNamed(mine.role), 'member.manage') && !mine.user.isAnonymous;
    const waiting = mayManage
      ? await tx.invitation.findMany({
          where: { organizationId: ctx.workspaceId, status: 'pending', expiresAt: { gt: new Date() } },
          orderBy: { createdAt: 'asc' },
        })
      : [];
    return {
      mayManage,
      members: rows.map((row) => ({
        userId: row.userId,
        name: row.user.name,
        email: row.user.isAnonymous ? null : row.user.email,
        role: roleNamed(row.role),
        limit: limitOf(row),
        you: row.userId === me,
      })),
      invitations: waiting.map((row) => ({
        invitationId: row.id,
        email: row.email,
        role: roleNamed(row.role ?? 'analyst'),
        limit: limitOf(row),
        until: row.expiresAt.toISOString(),
      })),
    };
  });
}

function limitOf(row: { approvalLimitMinor: bigint | null; approvalLimitCurrency: string | null }): MoneyJson | null {
  if (row.approvalLimitMinor === null || !row.approvalLimitCurrency) return null;
  return moneyToJson(money(row.approvalLimitMinor, row.approvalLimitCurrency));
}
