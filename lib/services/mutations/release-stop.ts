import { AppError } from '../../domain/errors';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { askOwner } from './ask-owner';
import { readCampaign } from './campaign-state';
import { insertAction } from './insert-action';
import { lockOrder } from './stop-close';

/**
 * Lifts a stop. It switches nothing on: every campaign the stop paused comes back as a card of its own, and runs only
 * after that card was approved and the gate has judged it anew. @throws AppError not_permitted, not_found
 */
export async function releaseStop(ctx: ServiceContext, input: { stopId: string }): Promise<{ cards: number }> {
  return transact(ctx, async (tx, inner) => {
    const order = await tx.stopOrder.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.stopId, state: { not: 'RELEASED' } },
    });
    if (!order) throw new AppError('not_found', { stop: input.stopId });
    await requireMay(inner, 'ads.release');
    await lockOrder(tx, inner, order.id);
    const changed = await tx.stopOrder.updateMany({
      where: { workspaceId: ctx.workspaceId, id: order.id, state: { not: 'RELEASED' } },
      data: { state: 'RELEASED', releasedAt: new Date(), releasedBy: ctx.actor },
    });
    if (changed.count === 0) throw new AppError('conflict', { stop: order.id });
    const campaigns = await pausedBy(tx, ctx, order.id);
    for (const campaignRecordId of campaigns) await askToResume(tx, inner, { campaignRecordId, stopId: order.id });
    await record(tx, inner, {
      event: 'stop.released',
      subject: { type: 'stop', id: order.id },
      projectId: order.projectId,
      payload: { cards: campaigns.length },
      audit: { before: { state: order.state }, after: { state: 'RELEASED', cards: campaigns.length } },
    });
    return { cards: campaigns.length };
  });
}

/** Campaigns that were on when the stop came and still stand paused. */
async function pausedBy(tx: Tx, ctx: ServiceContext, stopId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id" FROM "StopTarget" t
    JOIN "CampaignActionRecord" a ON a."id" = t."actionId" AND a."state" = 'DONE'
    JOIN "CampaignRecord" c ON c."id" = t."campaignRecordId" AND c."status" = 'PAUSED' AND c."structure" IS NOT NULL
    WHERE t."workspaceId" = ${ctx.workspaceId} AND t."stopId" = ${stopId} AND a."before"->'campaign:campaign'->>'status' = 'ACTIVE'
    ORDER BY c."id"`;
  return rows.map(({ id }) => id);
}

async function askToResume(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaignRecordId: string; stopId: string },
): Promise<void> {
  const campaign = await readCampaign(tx, ctx, input.campaignRecordId);
  const today = (await workspaceNow(ctx, tx)).toISOString().slice(0, 10);
  const evidence: Prisma.InputJsonObject = {
    rule: 'owner-asked',
    facts: [],
    confidence: null,
    alternatives: [],
    wouldChange: [],
    since: today,
    until: today,
  };
  // Always a card, also where policy would let the product restore its own pause: the owner stopped it.
  const created = await insertAction(tx, ctx, {
    campaign,
    action: { kind: 'resume_campaign' },
    evidence,
    verdict: { answer: 'ask', risk: 'high', reasons: ['resumes_spend'] },
    dedupeKey: `${campaign.id}:release:${input.stopId}`,
  });
  if (!created) return;
  await record(tx, ctx, {
    event: 'action.proposed',
    subject: { type: 'action', id: created.id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id, kind: 'resume_campaign', answer: 'ask' },
    audit: { after: { kind: 'resume_campaign', answer: 'ask' }, reason: { rule: 'release', stop: input.stopId } },
  });
  await askOwner(tx, ctx, {
    actionId: created.id,
    campaign,
    action: { kind: 'resume_campaign' },
    risk: 'high',
    policyVersion: null,
  });
}
