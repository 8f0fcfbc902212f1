import { type Role, roleNamed } from '../../domain/roles';
import { inSystem } from '../../runtime/db';

/** The workspace a page says it was drawn for, with the person's role there; null where they are no member of it. */
export async function namedWorkspace(input: {
  userId: string;
  workspaceId: string;
}): Promise<{ workspaceId: string; role: Role } | null> {
  const member = await inSystem((tx) =>
    tx.member.findUnique({
      where: { organizationId_userId: { organizationId: input.workspaceId, userId: input.userId } },
      select: { organizationId: true, role: true },
    }),
  );
  return member ? { workspaceId: member.organizationId, role: roleNamed(member.role) } : null;
}
