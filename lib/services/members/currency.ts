import { type ServiceContext, transact } from '../context';

/** The currency money is mostly spoken of here: of the newest ad account, else of the newest brief, else EUR. */
export async function usualCurrency(ctx: ServiceContext): Promise<string> {
  return transact(ctx, async (tx) => {
    const account = await tx.adAccount.findFirst({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { seenAt: 'desc' },
      select: { currency: true },
    });
    if (account) return account.currency;
    const brief = await tx.projectBrief.findFirst({
      where: { workspaceId: ctx.workspaceId, currency: { not: null } },
      orderBy: { updatedAt: 'desc' },
      select: { currency: true },
    });
    return brief?.currency ?? 'EUR';
  });
}
