import type { MoneyJson } from '../../domain/money';
import { type ServiceContext, transact } from '../context';
import { currentPolicy } from '../policy/current';

/**
 * The monthly limit a new plan may carry: what the owner said the business may spend, or the lower limit the owner set on
 * the limits page since. The newer word counts; both are business time.
 * @param input.wished what the brief says, account currency
 */
export async function ceilingWished(
  ctx: ServiceContext,
  input: { projectId: string; wished: MoneyJson },
): Promise<MoneyJson> {
  const { projectId, wished } = input;
  return transact(ctx, async (tx, inner) => {
    const policy = await currentPolicy(tx, inner, projectId);
    const inForce = policy?.envelope.monthlyCeiling;
    if (!inForce || inForce.currency !== wished.currency || BigInt(inForce.minor) >= BigInt(wished.minor))
      return wished;
    const set = await tx.approval.findFirst({
      where: { workspaceId: ctx.workspaceId, subject: `policy:${projectId}`, decision: 'approve', state: 'DONE' },
      orderBy: { decidedAt: 'desc' },
      select: { decidedAt: true },
    });
    const brief = await tx.projectBrief.findFirst({
      where: { workspaceId: ctx.workspaceId, projectId },
      select: { sources: true },
    });
    const said = (brief?.sources as { monthlyBudget?: { at: string } } | undefined)?.monthlyBudget?.at;
    const isNewer = said !== undefined && set?.decidedAt && new Date(said) > set.decidedAt;
    return isNewer || !set ? wished : inForce;
  });
}
