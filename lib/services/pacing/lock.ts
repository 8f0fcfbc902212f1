import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/**
 * The project's row, held until the transaction is over: limits and months of one project change one after the other. It
 * comes first in every transaction that decides about money or cards, before rows of approvals and before the event
 * stream, so that no two of them wait for each other in a circle. Rows that only refer to the project are not held up.
 */
export async function lockProject(tx: Tx, ctx: ServiceContext, projectId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId} AND "workspaceId" = ${ctx.workspaceId} FOR NO KEY UPDATE`;
}

/** The same for several, always in one order. */
export async function lockProjects(tx: Tx, ctx: ServiceContext, projectIds: readonly string[]): Promise<void> {
  for (const projectId of [...new Set(projectIds)].sort()) await lockProject(tx, ctx, projectId);
}
