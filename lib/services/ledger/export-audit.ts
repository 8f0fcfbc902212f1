import type { AuditEntryView } from '../../domain/views';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';
import { auditView } from './list-audit';
import { sealAudit, verifyAudit } from './verify';

const PAGE = 500;

/**
 * The whole trail as lines of JSON, oldest first, with a last line that says whether the chain is whole: enough for
 * anybody to check it again without us. @throws AppError not_permitted
 */
export async function* exportAudit(ctx: ServiceContext): AsyncGenerator<string> {
  await requireMay(ctx, 'workspace.settings');
  await sealAudit(ctx);
  let seq = 0;
  for (;;) {
    const page: AuditEntryView[] = await transact(ctx, async (tx) =>
      (
        await tx.auditEntry.findMany({
          where: { workspaceId: ctx.workspaceId, seq: { gt: seq } },
          orderBy: { seq: 'asc' },
          take: PAGE,
        })
      ).map(auditView),
    );
    for (const entry of page) yield `${JSON.stringify(entry)}\n`;
    seq = page.at(-1)?.seq ?? seq;
    if (page.length < PAGE) break;
  }
  yield `${JSON.stringify({ verified: await verifyAudit(ctx) })}\n`;
}
