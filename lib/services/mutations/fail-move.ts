import type { RemoteSeen } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { commitLowering, commitMove, dropMove } from '../pacing/settle-move';
import type { CampaignKnown } from './campaign-state';
import { recordShown } from './record-shown';

/**
 * not_made: nothing was written. put_back: what was lowered is as it was. half_done: one side is lower, the other as it was.
 * unclear: the other side may have been raised, and counts as raised.
 */
export type MoveOutcome = 'not_made' | 'put_back' | 'half_done' | 'unclear';
export type FailedMove = {
  outcome: MoveOutcome;
  /** Every ad set of the giver was seen lowered. */
  isLowered: boolean;
  /** The giver's cap could not be brought down. */
  capStays: boolean;
  takerCapRaised: boolean;
  campaign: CampaignKnown;
  other: CampaignKnown;
  accountId: string;
  after: readonly RemoteSeen[];
};

/**
 * The books and our picture of both campaigns after a move that did not come to its end; answers what became of it. Doubt
 * counts as spent. Without a look at the platform (the way there is closed, say) the ledger alone says it.
 */
export async function settleFailedMove(
  tx: Tx,
  ctx: ServiceContext,
  { actionId, move }: { actionId: string; move?: FailedMove },
): Promise<MoveOutcome> {
  if (!move) return settleByLedger(tx, ctx, actionId);
  await recordShown(tx, ctx, move);
  const { outcome, isLowered, capStays, takerCapRaised } = move;
  if (outcome === 'unclear') await commitMove(tx, ctx, { actionId, capStays });
  else if (outcome === 'half_done' && isLowered) await commitLowering(tx, ctx, { actionId, capStays, takerCapRaised });
  // Where only some of it was lowered, the giver keeps the whole of its part.
  else await dropMove(tx, ctx, { actionId });
  return outcome;
}

async function settleByLedger(tx: Tx, ctx: ServiceContext, actionId: string): Promise<MoveOutcome> {
  if (await mayHaveLeft(tx, ctx, `${actionId}:raise:`)) {
    await commitMove(tx, ctx, { actionId, capStays: true });
    return 'unclear';
  }
  const isBegun = await mayHaveLeft(tx, ctx, `${actionId}:lower:`);
  // Nobody looked what stands there: the giver keeps its part until the next look has shown it.
  await dropMove(tx, ctx, { actionId });
  return isBegun ? 'half_done' : 'not_made';
}

/** Whether the ledger cannot prove that every call of these was refused. */
export async function mayHaveLeft(tx: Tx, ctx: ServiceContext, prefix: string): Promise<boolean> {
  const attempts = await tx.effectAttempt.count({
    where: {
      workspaceId: ctx.workspaceId,
      effectKey: { startsWith: prefix },
      OR: [{ outcome: null }, { outcome: { not: 'REJECTED' } }],
    },
  });
  return attempts > 0;
}
