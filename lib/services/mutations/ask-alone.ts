import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { type Asking, askOwner } from './ask-owner';
import { askTogether } from './ask-together';

/**
 * A card of its own. Where it splits a set that waited on one card, what is left of that set is asked at once, in the same
 * transaction: nobody waits hours for the rest of what they had before them.
 */
export async function askAlone(
  tx: Tx,
  ctx: ServiceContext,
  asking: Asking,
): Promise<{ approvalId: string; hash: string }> {
  const { approvalId, hash, left } = await askOwner(tx, ctx, asking);
  if (left.length > 0) await askTogether({ ...ctx, tx }, { projectId: asking.campaign.projectId, only: left });
  return { approvalId, hash };
}
