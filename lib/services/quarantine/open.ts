import { AppError } from '../../domain/errors';
import type { QuarantineView } from '../../domain/views';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';

type Opening = {
  connectionId: string;
  reason: QuarantineView['reason'];
  /** Ids and small words only. */
  evidence?: Record<string, string | number | null>;
};

/**
 * Takes a connection out of service: nothing is changed through it any more but stops, nothing is decided on its numbers.
 * Twice is once. Answers false where it already was, or is gone. @throws AppError not_permitted for a person's press
 */
export async function openQuarantine(ctx: ServiceContext, input: Opening): Promise<boolean> {
  return transact(ctx, async (tx, inner) => {
    if (input.reason === 'manual') await requireMay(inner, 'ads.stop');
    const connection = await tx.facebookConnection.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.connectionId },
      select: { status: true },
    });
    if (!connection) return false;
    const changed = await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.connectionId, status: { in: ['HEALTHY', 'BROKEN'] } },
      data: { status: 'QUARANTINED', statusReason: input.reason },
    });
    if (changed.count === 0) return false;
    const evidence: Prisma.InputJsonObject = { ...input.evidence, was: connection.status };
    const row = await tx.quarantine.create({
      data: {
        workspaceId: ctx.workspaceId,
        connectionId: input.connectionId,
        reason: input.reason,
        evidence,
        openedBy: ctx.actor,
        occurredAt: await workspaceNow(inner, tx),
      },
    });
    await record(tx, inner, {
      event: 'quarantine.opened',
      subject: { type: 'connection', id: input.connectionId },
      payload: { quarantine: row.id, reason: input.reason },
      audit: {
        before: { status: connection.status },
        after: { status: 'QUARANTINED' },
        reason: { reason: input.reason, ...input.evidence },
      },
    });
    return true;
  });
}

/**
 * Puts a connection back into service, as it was before: a person has looked. Cards that waited are judged anew when they
 * are pressed. @throws AppError not_permitted, not_found
 */
export async function releaseQuarantine(ctx: ServiceContext, input: { quarantineId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const row = await tx.quarantine.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.quarantineId, releasedAt: null },
    });
    if (!row) throw new AppError('not_found', { quarantine: input.quarantineId });
    await requireMay(inner, 'ads.release');
    const changed = await tx.quarantine.updateMany({
      where: { workspaceId: ctx.workspaceId, id: row.id, releasedAt: null },
      data: { releasedAt: new Date(), releasedBy: ctx.actor },
    });
    if (changed.count === 0) throw new AppError('conflict', { quarantine: row.id });
    const was = (row.evidence as { was?: string }).was === 'BROKEN' ? 'BROKEN' : 'HEALTHY';
    await tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: row.connectionId, status: 'QUARANTINED' },
      data: { status: was, statusReason: null },
    });
    await tx.connectionTrouble.deleteMany({ where: { workspaceId: ctx.workspaceId, connectionId: row.connectionId } });
    await record(tx, inner, {
      event: 'quarantine.released',
      subject: { type: 'connection', id: row.connectionId },
      payload: { quarantine: row.id },
      audit: { before: { status: 'QUARANTINED' }, after: { status: was }, reason: { reason: row.reason } },
    });
  });
}
