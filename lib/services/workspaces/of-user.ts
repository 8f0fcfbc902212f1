import type { WorkspaceView } from '../../domain/people';
import { type Role, roleNamed } from '../../domain/roles';
import { inSystem } from '../../runtime/db';

/** The user's first workspace, one of their own before a pretend one; null before sign-up has finished. */
export async function workspaceOfUser(userId: string): Promise<string | null> {
  return inSystem(async (tx) => {
    const member = await tx.member.findFirst({
      where: { userId },
      orderBy: [{ organization: { pretend: 'asc' } }, { createdAt: 'asc' }],
      select: { organizationId: true },
    });
    return member?.organizationId ?? null;
  });
}

/** The workspace a session works in, with the person's role: the chosen one, or their first when they are no member there. */
export async function activeWorkspace(input: {
  userId: string;
  chosen: string | null | undefined;
}): Promise<{ workspaceId: string; role: Role } | null> {
  return inSystem(async (tx) => {
    const select = { organizationId: true, role: true } as const;
    const chosen = input.chosen
      ? await tx.member.findUnique({
          where: { organizationId_userId: { organizationId: input.chosen, userId: input.userId } },
          select,
        })
      : null;
    const member =
      chosen ??
      (await tx.member.findFirst({
        where: { userId: input.userId },
        orderBy: [{ organization: { pretend: 'asc' } }, { createdAt: 'asc' }],
        select,
      }));
    return member ? { workspaceId: member.organizationId, role: roleNamed(member.role) } : null;
  });
}

/** Every workspace a person belongs to, their own before pretend ones. */
export async function listWorkspaces(input: { userId: string; activeId: string }): Promise<WorkspaceView[]> {
  const rows = await inSystem((tx) =>
    tx.member.findMany({
      where: { userId: input.userId },
      orderBy: [{ organization: { pretend: 'asc' } }, { createdAt: 'asc' }],
      select: { role: true, organization: { select: { id: true, name: true, pretend: true } } },
    }),
  );
  return rows.map(({ role, organization }) => ({
    ...organization,
    role: roleNamed(role),
    active: organization.id === input.activeId,
  }));
}
