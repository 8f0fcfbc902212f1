import type { DeadLetterView } from '../../domain/views';
import { type DeadLetterRow, deadLetters } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';

/** Work that gave up for good, newest first. @throws AppError not_permitted */
export async function listDeadLetters(ctx: ServiceContext): Promise<DeadLetterView[]> {
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'workspace.read');
    return (await deadLetters().list(tx, ctx.workspaceId, 200)).map(letterView);
  });
}

function letterView(row: DeadLetterRow): DeadLetterView {
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    tries: row.tries,
    code: row.code,
    detail: row.message,
    requestId: row.requestId,
    mayRedrive: row.kind !== 'unknown',
  };
}
