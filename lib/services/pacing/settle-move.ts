import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { takerHolder } from './reserve-move';
import { commitReservation, dropReservation } from './settle';
import { fromStored, type StoredShare } from './share';

type Move = { actionId: string };

/**
 * Both sides stand at the platform: what the giver gave up passes over to the taker, in one transaction and with the sum
 * unchanged. Called twice it changes nothing.
 */
export async function commitMove(tx: Tx, ctx: ServiceContext, input: Move & { capStays: boolean }): Promise<void> {
  const { actionId, capStays } = input;
  const holderId = takerHolder(actionId);
  await commitReservation(tx, ctx, { holderId: actionId, capStays });
  const row = await tx.monthReservation.findFirst({ where: { workspaceId: ctx.workspaceId, holderId } });
  if (row && row.transferMinor > 0n && (row.state === 'HELD' || row.state === 'SPENDING')) {
    const { projectId, month, transferMinor } = row;
    await tx.monthReservation.updateMany({
      where: { workspaceId: ctx.workspaceId, holderId, transferMinor },
      data: { amountMinor: { increment: transferMinor }, transferMinor: 0n },
    });
    await tx.monthBudget.updateMany({
      where: { workspaceId: ctx.workspaceId, projectId, month },
      data: { reservedMinor: { increment: transferMinor } },
    });
  }
  await commitReservation(tx, ctx, { holderId });
}

/** Nothing was moved, or all of it was put back: both stand as they stood. */
export async function dropMove(tx: Tx, ctx: ServiceContext, { actionId }: Move): Promise<void> {
  await dropReservation(tx, ctx, { holderId: takerHolder(actionId) });
  await dropReservation(tx, ctx, { holderId: actionId });
}

/** Only the lowering stands: its room is free again, and nothing was given to the other side. */
export async function commitLowering(
  tx: Tx,
  ctx: ServiceContext,
  input: Move & { capStays: boolean; takerCapRaised: boolean },
): Promise<void> {
  const { actionId, capStays, takerCapRaised } = input;
  const holderId = takerHolder(actionId);
  const taker = await tx.monthReservation.findFirst({ where: { workspaceId: ctx.workspaceId, holderId } });
  await dropReservation(tx, ctx, { holderId });
  await commitReservation(tx, ctx, { holderId: actionId, capStays });
  // More room there than it needs: the books say how the cap stands, or its next change would look like somebody else's.
  if (!taker || !takerCapRaised) return;
  const { capMinor, lifetimeCapMinor } = fromStored(taker.share as StoredShare);
  await tx.monthShare.updateMany({
    where: { workspaceId: ctx.workspaceId, campaignRecordId: taker.campaignRecordId, month: taker.month },
    data: { capMinor, lifetimeCapMinor },
  });
}
