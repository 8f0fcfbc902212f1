import type { Card, ReportView } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** Cards of stored reports, by report id. */
export async function loadReportCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const rows = await tx.report.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    select: { id: true, view: true },
  });
  // Written by createWeeklyReport alone, from the same type.
  return new Map(rows.map((row) => [row.id, { ...(row.view as ReportView), reportId: row.id }]));
}
