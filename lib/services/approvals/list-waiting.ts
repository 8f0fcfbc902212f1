import type { ApprovalKind } from '../../domain/approval';
import { type MoneyJson, money, moneyToJson } from '../../domain/money';
import { isWithinLimit, may, ROLE_MATRIX, type Role } from '../../domain/roles';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { currentPolicy } from '../policy/current';
import { approvedLately } from '../workspaces/approved-lately';
import { memberRole, together } from '../workspaces/require-may';
import { pressOf } from './press-of';

export type WaitingApproval = {
  approvalId: string;
  /** What the press must carry. */
  hash: string;
  kind: ApprovalKind;
  projectId: string;
  projectName: string;
  campaignId: string | null;
  campaignName: string | null;
  conversationId: string | null;
  /** The sentence the owner was shown. */
  text: string;
  risk: 'normal' | 'high';
  /** What a day would cost more (negative: less), where the card is about that. */
  perDayChange: MoneyJson | null;
  /** Business time, ISO. */
  requestedAt: string;
  expiresAt: string;
  /** Roles that may press at all. */
  roles: readonly Role[];
  /** Whether the person who asks may press. */
  mayDecide: boolean;
};

/** Every card that waits in this workspace, the one that runs out first on top. Cards past their business time are left out. */
export async function listWaitingApprovals(
  ctx: ServiceContext,
  input: { projectId?: string } = {},
): Promise<WaitingApproval[]> {
  return transact(ctx, async (tx, inner) => {
    const now = await workspaceNow(inner, tx);
    const rows = await tx.approval.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        state: 'WAITING',
        expiresAt: { gt: now },
        ...(input.projectId === undefined ? {} : { projectId: input.projectId }),
      },
      orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
      take: 200,
    });
    const scope = { workspaceId: ctx.workspaceId };
    const projects = await tx.project.findMany({
      where: { ...scope, id: { in: rows.map((row) => row.projectId) } },
      select: { id: true, name: true },
    });
    const campaigns = await tx.campaignRecord.findMany({
      where: { ...scope, id: { in: rows.flatMap((row) => row.campaignRecordId ?? []) } },
      select: { id: true, name: true },
    });
    const ceilings = new Map<string, MoneyJson | null>();
    for (const { id } of projects)
      ceilings.set(id, (await currentPolicy(tx, inner, id))?.envelope.monthlyCeiling ?? null);
    const member = await memberRole(tx, inner);
    const lately =
      member?.limit && ctx.actor.type === 'user'
        ? await approvedLately(tx, inner, { userId: ctx.actor.id, currency: member.limit.currency })
        : 0n;
    return rows.map((row) => {
      const [verb, spend] = pressOf(row, 'approve', ceilings.get(row.projectId) ?? null);
      const mayDecide =
        member !== null &&
        may(member.role, verb) &&
        (!spend || isWithinLimit(member.role, verb, member.limit, together(spend, lately)));
      return {
        approvalId: row.id,
        hash: row.hash,
        kind: row.kind as ApprovalKind,
        projectId: row.projectId,
        projectName: projects.find((project) => project.id === row.projectId)?.name ?? '',
        campaignId: row.campaignRecordId,
        campaignName: campaigns.find((campaign) => campaign.id === row.campaignRecordId)?.name ?? null,
        conversationId: row.conversationId,
        text: row.shownText,
        risk: row.riskClass === 'high' ? 'high' : 'normal',
        perDayChange: row.deltaMinor !== null && row.currency ? moneyToJson(money(row.deltaMinor, row.currency)) : null,
        requestedAt: row.occurredAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        roles: ROLE_MATRIX[verb].roles,
        mayDecide,
      };
    });
  });
}
