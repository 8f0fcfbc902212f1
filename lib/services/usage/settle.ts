import { inSystem } from '../../runtime/db';
import { giveBack, INSTALLATION, periodsOf } from './allowance';

/**
 * Closes a reservation with what the call really took, once: tokens, and cost in micro-dollars. The difference goes back
 * to the periods it was taken from. A second settlement changes nothing.
 */
export async function settleModelCall(input: {
  workspaceId: string;
  reservationId: string;
  inputTokens: number;
  outputTokens: number;
  costMicros: bigint;
}): Promise<void> {
  const { workspaceId, reservationId: id, ...took } = input;
  await inSystem(async (tx) => {
    const changed = await tx.modelUsage.updateMany({
      where: { workspaceId, id, state: 'RESERVED' },
      data: { ...took, state: 'SETTLED', settledAt: new Date() },
    });
    if (changed.count === 0) return;
    const row = await tx.modelUsage.findFirstOrThrow({
      where: { workspaceId, id },
      select: { at: true, reservedMicros: true },
    });
    const micros = row.reservedMicros - took.costMicros;
    const { month, day } = periodsOf(row.at);
    await giveBack(tx, { workspaceId, period: month, micros });
    await giveBack(tx, { workspaceId: INSTALLATION, period: day, micros });
  });
}
