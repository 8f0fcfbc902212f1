import { type ServiceContext, transact } from '../context';

/** Whether a deployment's last write, the campaign's switch, has been made ('on'), may have been ('perhaps') or was not. */
export async function switchState(
  ctx: ServiceContext,
  input: { deploymentId: string },
): Promise<'off' | 'perhaps' | 'on'> {
  const effect = await transact(ctx, (tx) =>
    tx.remoteEffect.findFirst({
      where: { workspaceId: ctx.workspaceId, key: `${input.deploymentId}:on:campaign` },
      select: { state: true, sentAt: true },
    }),
  );
  if (effect?.state === 'DONE') return 'on';
  return effect?.sentAt ? 'perhaps' : 'off';
}
