import { inSystem } from '../../runtime/db';

/** The user's first workspace, or null before sign-up has finished. */
export async function workspaceOfUser(userId: string): Promise<string | null> {
  return inSystem(async (tx) => {
    const member = await tx.member.findFirst({
      where: { userId },
      orderBy: { createdAt: 'asc' },
      select: { organizationId: true },
    });
    return member?.organizationId ?? null;
  });
}

/** The user's role in a workspace; null for strangers. */
export async function roleOf(input: { userId: string; workspaceId: string }): Promise<string | null> {
  return inSystem(async (tx) => {
    const member = await tx.member.findUnique({
      where: { organizationId_userId: { organizationId: input.workspaceId, userId: input.userId } },
      select: { role: true },
    });
    return member?.role ?? null;
  });
}
