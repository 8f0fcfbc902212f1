import { AppError } from '../../domain/errors';
import type { Prisma, Tx } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { releaseAsked } from '../../words/en/stop';
import { type ApprovedItem, perDayOf, remoteOfItems } from '../approvals/items';
import { requestApproval } from '../approvals/request';
import { chatOf } from '../approvals/subjects';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';
import { type CampaignKnown, readCampaign } from './campaign-state';
import { insertAction } from './insert-action';
import { liftStop, openOrder, readyTargets } from './lift-stop';

const LIFETIME_HOURS = 24;

/**
 * Asks for a stop to be lifted: a card that lists what would run again and for how much a day. Nothing changes by it; the
 * press on the card lifts the stop and switches on exactly what it lists. A newer card takes the place of an older one.
 * @throws AppError not_permitted, not_found, conflict while something is not paused or not read back yet
 */
export async function askToRelease(
  ctx: ServiceContext,
  input: { stopId: string },
): Promise<{ approvalId: string | null }> {
  return transact(ctx, async (tx, inner) => {
    const found = await tx.stopOrder.count({
      where: { workspaceId: ctx.workspaceId, id: input.stopId, state: { not: 'RELEASED' } },
    });
    if (found === 0) throw new AppError('not_found', { stop: input.stopId });
    await requireMay(inner, 'ads.release');
    const order = await openOrder(tx, inner, input.stopId);
    await readyTargets(tx, inner, order.id);
    const campaigns: CampaignKnown[] = [];
    for (const id of await pausedBy(tx, inner, order.id)) campaigns.push(await readCampaign(tx, inner, id));
    const projectId = order.projectId ?? campaigns[0]?.projectId ?? (await anyProject(tx, inner));
    // A workspace without a shop has nothing that could run and no chat for a card.
    if (projectId === null) {
      await liftStop(tx, inner, { stopId: order.id, approvalId: null });
      return { approvalId: null };
    }
    const items: (ApprovedItem & { name: string; perDay: ReturnType<typeof perDayOf> })[] = [];
    for (const campaign of campaigns)
      items.push({
        actionId: await proposeResuming(tx, inner, campaign, order.id),
        campaignRecordId: campaign.id,
        action: { kind: 'resume_campaign' },
        name: campaign.name,
        perDay: perDayOf(campaign),
      });
    const { approvalId } = await requestApproval(inner, {
      kind: 'stop_release',
      projectId,
      conversationId: await chatOf(inner, projectId),
      payload: { stopId: order.id, items },
      shownText: releaseAsked(items.map(({ name, perDay }) => ({ name, perDay }))),
      remote: await remoteOfItems(tx, inner, { kind: 'stop_release', items }),
      riskClass: 'high',
      requiredRole: 'owner',
      ...deltaOf(items),
      lifetimeHours: LIFETIME_HOURS,
      subject: `release:${order.id}`,
    });
    await tx.campaignActionRecord.updateMany({
      where: { workspaceId: ctx.workspaceId, id: { in: items.map(({ actionId }) => actionId) }, state: 'WAITING' },
      data: { approvalId },
    });
    return { approvalId };
  });
}

/** What a day costs more once everything listed runs again; left out where accounts pay in different currencies. */
function deltaOf(items: readonly { perDay: { minor: string; currency: string } }[]) {
  const currencies = [...new Set(items.map(({ perDay }) => perDay.currency))];
  const [currency] = currencies;
  if (currencies.length !== 1 || currency === undefined) return {};
  return { deltaMinor: items.reduce((sum, { perDay }) => sum + BigInt(perDay.minor), 0n), currency };
}

async function anyProject(tx: Tx, ctx: ServiceContext): Promise<string | null> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  return project?.id ?? null;
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

/** Waiting under the card: always asked, also where policy would let the product restore its own pause. */
async function proposeResuming(tx: Tx, ctx: ServiceContext, campaign: CampaignKnown, stopId: string): Promise<string> {
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
  const created = await insertAction(tx, ctx, {
    campaign,
    action: { kind: 'resume_campaign' },
    evidence,
    verdict: { answer: 'ask', risk: 'high', reasons: ['resumes_spend'] },
    dedupeKey: `${campaign.id}:release:${stopId}:${newRequestId()}`,
  });
  if (!created) throw new AppError('conflict', { campaign: campaign.id });
  await record(tx, ctx, {
    event: 'action.proposed',
    subject: { type: 'action', id: created.id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id, kind: 'resume_campaign', answer: 'ask' },
    audit: { after: { kind: 'resume_campaign', answer: 'ask' }, reason: { rule: 'release', stop: stopId } },
  });
  return created.id;
}
