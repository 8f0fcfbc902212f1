import { AppError } from '../../domain/errors';
import { inSystem } from '../../runtime/db';

/** Opens another of the person's workspaces in their session. @throws AppError not_found, also where they are no member */
export async function switchWorkspace(input: {
  userId: string;
  sessionId: string;
  workspaceId: string;
}): Promise<void> {
  await inSystem(async (tx) => {
    const member = await tx.member.count({ where: { organizationId: input.workspaceId, userId: input.userId } });
    if (member === 0) throw new AppError('not_found', { workspace: input.workspaceId });
    await tx.session.updateMany({
      where: { id: input.sessionId, userId: input.userId },
      data: { activeOrganizationId: input.workspaceId },
    });
  });
}

/** The workspace of this person that holds a project; null for a stranger's project. */
export async function workspaceOfProject(input: { userId: string; projectId: string }): Promise<string | null> {
  return inSystem(async (tx) => {
    const project = await tx.project.findFirst({
      where: { id: input.projectId, workspace: { members: { some: { userId: input.userId } } } },
      select: { workspaceId: true },
    });
    return project?.workspaceId ?? null;
  });
}
