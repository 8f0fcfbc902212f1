import type { Envelope } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

export type PolicyInForce = { version: number; envelope: Envelope; approvalId: string | null; createdAt: Date };

/** The project's limits in force; null before the first launch was approved. */
export async function currentPolicy(tx: Tx, ctx: ServiceContext, projectId: string): Promise<PolicyInForce | null> {
  const row = await tx.policyVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, projectId },
    orderBy: { version: 'desc' },
  });
  // Written by an approval alone, from the same type.
  return row && { ...row, envelope: row.envelope as Envelope };
}
