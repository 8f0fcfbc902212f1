import { type CampaignAction, isStopAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { Tx } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';
import type { ServiceContext } from '../context';

/**
 * Sends an action to the gate: stops by their own lane, everything else behind the account's other work. `again` names a
 * further sending of one whose job was lost.
 */
export async function enqueueExecution(
  tx: Tx,
  ctx: ServiceContext,
  input: { actionId: string; again?: string; afterSeconds?: number },
): Promise<void> {
  const row = await tx.campaignActionRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: input.actionId },
    select: { action: true, campaign: { select: { adAccountId: true } } },
  });
  if (!row) throw new AppError('not_found', { action: input.actionId });
  const stop = isStopAction(row.action as CampaignAction);
  await enqueue(tx, {
    kind: stop ? 'execute-stop' : 'execute-action',
    workspaceId: ctx.workspaceId,
    data: { actionId: input.actionId },
    id: `execute:${input.actionId}${input.again === undefined ? '' : `:${input.again}`}`,
    key: stop ? `stop:${input.actionId}` : `meta:${row.campaign.adAccountId}`,
    ...(input.afterSeconds === undefined ? {} : { startAfterSeconds: input.afterSeconds }),
    requestId: ctx.requestId,
  });
}
