import type { AppErrorCode } from '../../domain/errors';
import { AppError } from '../../domain/errors';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { lockAgainstStops } from '../effects/stop-lock';
import { record } from '../ledger/record';
import { lockProjects } from '../pacing/lock';
import { requireMay } from '../workspaces/require-may';
import { askOwner } from './ask-owner';
import { readCampaign } from './campaign-state';
import { failAction } from './end-action';
import { insertAction } from './insert-action';
import { lockOrder } from './stop-close';

/**
 * Lifts a stop. It switches nothing on: every campaign the stop paused comes back as a card of its own, and runs only
 * after that card was approved and the gate has judged it anew. A stop that is still at work keeps its place: only one
 * that is confirmed everywhere, or can get no further, may be lifted.
 * @throws AppError not_permitted, not_found, conflict while something is not paused or not read back yet
 */
export async function releaseStop(ctx: ServiceContext, input: { stopId: string }): Promise<{ cards: number }> {
  return transact(ctx, async (tx, inner) => {
    const standing = { workspaceId: ctx.workspaceId, id: input.stopId, state: { not: 'RELEASED' } };
    const order = await tx.stopOrder.findFirst({ where: standing });
    if (!order) throw new AppError('not_found', { stop: input.stopId });
    await requireMay(inner, 'ads.release');
    await waitForOthers(tx, inner, order.id);
    const targets = await openTargets(tx, ctx, order.id);
    const untried = targets.filter(({ isOver }) => !isOver).length;
    if (untried > 0) throw new AppError('conflict', { stop: order.id, untried });
    const changed = await tx.stopOrder.updateMany({
      where: standing,
      data: { state: 'RELEASED', releasedAt: new Date(), releasedBy: ctx.actor },
    });
    if (changed.count === 0) throw new AppError('not_found', { stop: order.id });
    for (const { actionId, reason } of targets)
      if (actionId)
        await failAction(inner, {
          actionId,
          code: (reason ?? 'internal') as AppErrorCode,
          reasons: ['stop_lifted'],
          as: 'FAILED',
        });
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

/** A stop pressed at the same moment is either lifted with this one or stands as a new one: it is never lost in between. */
async function waitForOthers(tx: Tx, ctx: ServiceContext, stopId: string): Promise<void> {
  const rows = await tx.stopTarget.findMany({
    where: { workspaceId: ctx.workspaceId, stopId },
    distinct: ['projectId'],
    select: { projectId: true },
  });
  await lockProjects(
    tx,
    ctx,
    rows.map(({ projectId }) => projectId),
  );
  await lockAgainstStops(tx, ctx, 'alone');
  await lockOrder(tx, ctx, stopId);
}

/** What is not confirmed; `isOver` where the platform refused and nobody is at it this moment. */
async function openTargets(
  tx: Tx,
  ctx: ServiceContext,
  stopId: string,
): Promise<{ actionId: string | null; reason: string | null; isOver: boolean }[]> {
  return tx.$queryRaw`
    SELECT t."actionId", t."reason",
      t."state" = 'FAILED' AND (t."leaseUntil" IS NULL OR t."leaseUntil" < clock_timestamp() AT TIME ZONE 'utc') AS "isOver"
    FROM "StopTarget" t WHERE t."workspaceId" = ${ctx.workspaceId} AND t."stopId" = ${stopId} AND t."state" <> 'CONFIRMED'
    ORDER BY t."id"`;
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
