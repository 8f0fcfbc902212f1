import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/**
 * User ids of the workspace's owners, with the workspace's row held until the transaction ends: two owners who remove one
 * another at the same moment take turns, and one of them stays.
 */
export async function holdOwners(tx: Tx, ctx: ServiceContext): Promise<string[]> {
  await tx.$queryRaw`SELECT "id" FROM "organization" WHERE "id" = ${ctx.workspaceId} FOR UPDATE`;
  const rows = await tx.member.findMany({
    where: { organizationId: ctx.workspaceId, role: 'owner' },
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}
