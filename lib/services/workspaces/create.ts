import { randomToken } from '../../runtime/crypto';
import { inSystem } from '../../runtime/db';

/**
 * Makes a workspace (a better-auth organization) that belongs to one person. A pretend one never takes a live account.
 * Returns its id.
 */
export async function createWorkspace(input: { userId: string; name: string; pretend?: boolean }): Promise<string> {
  return inSystem(async (tx) => {
    const id = randomToken(18);
    await tx.organization.create({
      data: {
        id,
        name: input.name,
        slug: id.toLowerCase(),
        pretend: input.pretend ?? false,
        members: { create: { id: randomToken(18), userId: input.userId, role: 'owner' } },
      },
    });
    return id;
  });
}
