import { enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';

/** Sends the e-mail of a launch by a job of its own, in the caller's transaction; once per deployment. */
export async function queueLaunchMail(ctx: ServiceContext, input: { deploymentId: string }): Promise<void> {
  await transact(ctx, (tx) =>
    enqueue(tx, {
      kind: 'launch-mail',
      workspaceId: ctx.workspaceId,
      data: { deploymentId: input.deploymentId },
      id: `launch:${input.deploymentId}`,
      requestId: ctx.requestId,
    }),
  );
}
