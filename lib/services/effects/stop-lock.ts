import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/**
 * Claims of writes hold it together, a stop holds it alone, each until its transaction ends: what was claimed before the
 * stop is visible to it, and nothing is claimed after it unseen.
 */
export async function lockAgainstStops(tx: Tx, ctx: ServiceContext, how: 'shared' | 'alone'): Promise<void> {
  const name = `stop:${ctx.workspaceId}`;
  if (how === 'shared') await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
  else await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
