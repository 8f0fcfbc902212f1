import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';

/** A project is one business. Its chat opens with the onboarding conversation. */
export async function createProject(
  ctx: ServiceContext,
  input: { name: string; locale: string; timezone: string },
): Promise<{ projectId: string }> {
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'project.create');
    const project = await tx.project.create({ data: { workspaceId: ctx.workspaceId, ...input }, select: { id: true } });
    await record(tx, inner, {
      event: 'project.created',
      subject: { type: 'project', id: project.id },
      projectId: project.id,
      audit: { after: { name: input.name } },
    });
    return { projectId: project.id };
  });
}
