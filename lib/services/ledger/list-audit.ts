import type { AuditEntryView, AuditPage } from '../../domain/views';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';

type Row = Awaited<ReturnType<Tx['auditEntry']['findMany']>>[number];
type Filter = { projectId?: string; action?: string; subjectId?: string; before?: number; limit?: number };

const MOST = 200;

/** The audit trail, newest first. `before` is the seq to go on from. @throws AppError not_permitted */
export async function listAudit(ctx: ServiceContext, filter: Filter = {}): Promise<AuditPage> {
  const take = Math.min(filter.limit ?? 50, MOST);
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'workspace.read');
    const rows = await tx.auditEntry.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        ...(filter.projectId === undefined ? {} : { projectId: filter.projectId }),
        ...(filter.action === undefined ? {} : { action: filter.action }),
        ...(filter.subjectId === undefined ? {} : { subjectId: filter.subjectId }),
        ...(filter.before === undefined ? {} : { seq: { lt: filter.before } }),
      },
      orderBy: { seq: 'desc' },
      take: take + 1,
    });
    const entries = rows.slice(0, take).map(auditView);
    return { entries, next: rows.length > take ? (entries.at(-1)?.seq ?? null) : null };
  });
}

export function auditView(row: Row): AuditEntryView {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    occurredAt: row.occurredAt.toISOString(),
    actor: row.actor as AuditEntryView['actor'],
    action: row.action as AuditEntryView['action'],
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    projectId: row.projectId,
    before: row.before as AuditEntryView['before'],
    after: row.after as AuditEntryView['after'],
    reason: row.reason as AuditEntryView['reason'],
    approvalId: row.approvalId,
    requestId: row.requestId,
    hash: row.hash,
    prevHash: row.prevHash,
  };
}
