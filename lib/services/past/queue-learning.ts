import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';

/** Has the past of the project's account read by a job, in the caller's transaction; nothing without an account that can be read. */
export async function queueLearning(ctx: ServiceContext, input: { projectId: string; eventId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { adAccount: { select: { platform: true, externalId: true, connection: { select: { status: true } } } } },
    });
    // A broken connection has its own news; there is nothing to read through it.
    if (project?.adAccount?.connection.status !== 'HEALTHY') return;
    await enqueue(tx, {
      kind: 'learn-past',
      workspaceId: ctx.workspaceId,
      data: { projectId: input.projectId },
      key: `${project.adAccount.platform}:${project.adAccount.externalId}`,
      id: `past:${input.eventId}`,
      requestId: ctx.requestId,
    });
  });
}
