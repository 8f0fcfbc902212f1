import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import type { Envelope } from '../../domain/plan';
import { changedFields, policyRisk } from '../../domain/policy-change';
import { policyAsked } from '../../words/en/policy';
import { envelopeSchema, type PolicyChange } from '../approvals/payload';
import { requestApproval } from '../approvals/request';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';
import { currentPolicy } from './current';

export type ProposePolicyChangeInput = {
  projectId: string;
  /** Only what should be different; the rest stays as it is. */
  change: Partial<Envelope>;
  /** Where the card appears; null: in the inbox alone. */
  conversationId: string | null;
};

/**
 * Asks for other limits: an approval of kind policy_change whose hash covers the limits before and after. Nothing changes
 * before its press. A newer wish takes the place of a waiting one.
 * @throws AppError not_found (no limits are in force yet), invalid_input (out of range, other currency, nothing changes)
 */
export async function proposePolicyChange(
  ctx: ServiceContext,
  input: ProposePolicyChangeInput,
): Promise<{ approvalId: string; hash: string }> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { locale: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    await requireMay(inner, 'policy.change');
    const policy = await currentPolicy(tx, inner, input.projectId);
    if (!policy) throw new AppError('not_found', { project: input.projectId });
    const parsed = envelopeSchema.safeParse({ ...policy.envelope, ...input.change });
    if (!parsed.success) throw new AppError('invalid_input', { policy: input.projectId }, { cause: parsed.error });
    const after = parsed.data;
    const foreign = [after.monthlyCeiling, after.weekCeiling, after.dayCeiling, after.largestRaise].some(
      (amount) => amount && amount.currency !== policy.envelope.monthlyCeiling.currency,
    );
    if (foreign) throw new AppError('invalid_input', { reason: 'other currency' });
    if (changedFields(policy.envelope, after).length === 0)
      throw new AppError('invalid_input', { reason: 'nothing changes' });
    const payload: PolicyChange = {
      projectId: input.projectId,
      basedOn: policy.version,
      before: policy.envelope,
      after,
    };
    const { approvalId, hash } = await requestApproval(inner, {
      kind: 'policy_change',
      projectId: input.projectId,
      conversationId: input.conversationId,
      payload: JSON.parse(canonicalJson(payload)) as object,
      shownText: policyAsked(policy.envelope, after, project.locale),
      riskClass: policyRisk(policy.envelope, after),
      policyVersion: policy.version,
      lifetimeHours: policyCardHours(policy.envelope, after),
      subject: `policy:${input.projectId}`,
    });
    return { approvalId, hash };
  });
}

/** Business hours such a card may be pressed: a day, one hour where the month's limit would more than double. */
export function policyCardHours(before: Envelope, after: Envelope): number {
  const [from, to] = [BigInt(before.monthlyCeiling.minor), BigInt(after.monthlyCeiling.minor)];
  return to > from * 2n ? 1 : 24;
}
