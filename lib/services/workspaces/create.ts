import { randomToken } from '../../runtime/crypto';
import { inSystem } from '../../runtime/db';

/** Every sign-up owns one workspace (a better-auth organization). Returns its id. */
export async function createWorkspace(input: { userId: string; name: string }): Promise<string> {
  return inSystem(async (tx) => {
    const id = randomToken(18);
    await tx.organization.create({
      data: {
        id,
        name: input.name,
        slug: id.toLowerCase(),
        members: { create: { id: randomToken(18), userId: input.userId, role: 'owner' } },
      },
    });
    return id;
  });
}
