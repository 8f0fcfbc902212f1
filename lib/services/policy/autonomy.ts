import type { AutonomyRecord } from '../../domain/policy-change';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';

const DAY_MS = 86_400_000;

/** What stands behind more freedom: decisions that were carried out, and how many of them somebody took back. */
export async function readAutonomyRecord(tx: Tx, ctx: ServiceContext, projectId: string): Promise<AutonomyRecord> {
  const rows = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, undoOfId: null, state: { in: ['DONE', 'UNDONE', 'SHADOW'] } },
    select: { state: true, occurredAt: true },
    orderBy: { occurredAt: 'asc' },
  });
  const [first] = rows;
  const now = await workspaceNow(ctx, tx);
  return {
    decisions: rows.length,
    takenBack: rows.filter((row) => row.state === 'UNDONE').length,
    days: first ? Math.floor((now.getTime() - first.occurredAt.getTime()) / DAY_MS) : 0,
  };
}
