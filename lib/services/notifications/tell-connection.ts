import { type ServiceContext, transact } from '../context';
import { type TellProjectInput, tellProject } from './tell-project';

export type TellConnectionInput = Omit<TellProjectInput, 'projectId' | 'campaignRecordId'> & { connectionId: string };

/** The same notice in every project whose ads run through a connection. A connection nobody uses has nobody to tell. */
export async function tellConnection(ctx: ServiceContext, input: TellConnectionInput): Promise<void> {
  const { connectionId, ...notice } = input;
  await transact(ctx, async (tx, inner) => {
    const projects = await tx.project.findMany({
      where: { workspaceId: ctx.workspaceId, archivedAt: null, adAccount: { connectionId } },
      select: { id: true },
    });
    for (const { id } of projects) await tellProject(inner, { ...notice, projectId: id });
  });
}
