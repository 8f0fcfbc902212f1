import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/**
 * The project's row, held until the transaction is over: limits and months of one project change one after the other. It
 * comes before every other row that is about money, so that no two presses wait for each other in a circle. Rows that
 * only refer to the project are not held up.
 */
export async function lockProject(tx: Tx, ctx: ServiceContext, projectId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId} AND "workspaceId" = ${ctx.workspaceId} FOR NO KEY UPDATE`;
}
