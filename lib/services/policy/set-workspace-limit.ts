import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import { type MoneyJson, money, moneyToJson } from '../../domain/money';
import { risesMuch } from '../../domain/policy-change';
import { workspaceLimitAsked } from '../../words/en/policy';
import type { WorkspaceLimitChange } from '../approvals/payload';
import { requestApproval } from '../approvals/request';
import { type ServiceContext, transact } from '../context';
import { lockProject } from '../pacing/lock';
import { lockWorkspaceMonths, workspaceLimit } from '../pacing/workspace-room';
import { requireMay } from '../workspaces/require-may';
import { applyWorkspaceLimit } from './apply-workspace-limit';

export type SetWorkspaceLimitInput = {
  /** The project whose limits page it was asked on: its currency counts, and a card appears in its inbox. */
  projectId: string;
  /** The most all businesses that pay in this currency may cost a month together; null: no limit of its own. */
  amount: MoneyJson | null;
  currency: string;
};
export type SetWorkspaceLimit = { set: true } | { set: false; approvalId: string; hash: string };

/**
 * What the whole workspace may spend a month. A first limit and a lower one are in force at once; a higher one, or none any
 * more, is a card of its own. Never below what is promised already.
 * @throws AppError not_permitted, not_found, invalid_input (other currency, nothing changes), below_promised
 */
export async function setWorkspaceLimit(
  ctx: ServiceContext,
  input: SetWorkspaceLimitInput,
): Promise<SetWorkspaceLimit> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { locale: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    await requireMay(inner, 'policy.change');
    const { amount, currency } = input;
    if (amount && (amount.currency !== currency || BigInt(amount.minor) <= 0n))
      throw new AppError('invalid_input', { reason: 'amount' });
    await lockProject(tx, inner, input.projectId);
    await lockWorkspaceMonths(tx, inner);
    const stands = await workspaceLimit(tx, inner, currency);
    const before = stands?.amountMinor ?? null;
    const after = amount ? BigInt(amount.minor) : null;
    if (before === after) throw new AppError('invalid_input', { reason: 'nothing changes' });
    const rises = before !== null && (after === null || after > before);
    if (!rises) {
      await applyWorkspaceLimit(tx, inner, {
        currency,
        amountMinor: after,
        approvalId: null,
        projectId: input.projectId,
      });
      return { set: true };
    }
    const from = moneyToJson(money(before, currency));
    const payload: WorkspaceLimitChange = {
      scope: 'workspace',
      currency,
      basedOn: stands?.version ?? 0,
      before: from,
      after: amount,
    };
    const card = await requestApproval(inner, {
      kind: 'policy_change',
      projectId: input.projectId,
      conversationId: null,
      payload: JSON.parse(canonicalJson(payload)) as object,
      shownText: workspaceLimitAsked(from, amount, project.locale),
      riskClass: risesMuch(from, amount) ? 'high' : 'normal',
      lifetimeHours: after !== null && after <= before * 2n ? 24 : 1,
      subject: `workspace-limit:${currency}`,
    });
    return { set: false, approvalId: card.approvalId, hash: card.hash };
  });
}
