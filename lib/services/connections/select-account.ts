import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';

/** Chooses the ad account and Page of a project; both must belong to one connection of this workspace. */
export async function selectAccount(
  ctx: ServiceContext,
  input: { projectId: string; accountId: string; pageId: string },
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { id: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    await requireMay(inner, 'account.select');
    const account = await tx.adAccount.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.accountId } });
    const page = await tx.platformPage.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.pageId } });
    if (!account || !page || account.connectionId !== page.connectionId)
      throw new AppError('not_found', { account: input.accountId, page: input.pageId });
    if (account.status !== 'ACTIVE') throw new AppError('platform_not_permitted', { status: account.status });
    // Once chosen, another account is a decision of its own (a card), not a second press.
    const changed = await tx.project.updateMany({
      where: {
        workspaceId: ctx.workspaceId,
        id: input.projectId,
        OR: [{ adAccountId: null }, { adAccountId: account.id, pageId: page.id }],
      },
      data: { adAccountId: account.id, pageId: page.id, timezone: account.timezone },
    });
    if (changed.count === 0) throw new AppError('conflict', { project: input.projectId });
    await record(tx, inner, {
      event: 'account.selected',
      subject: { type: 'project', id: input.projectId },
      projectId: input.projectId,
      payload: { accountId: account.id },
      audit: { after: { account: account.externalId, page: page.externalId } },
    });
  });
}
