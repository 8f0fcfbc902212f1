import type { Evidence } from '../../domain/action';
import { WATCHED_STATUSES } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { lockProject } from '../pacing/lock';
import { recountRunning } from '../pacing/recount';
import { isMoving } from '../pacing/reserve';
import { dueRenewal, reserveRenewal } from '../pacing/reserve-renewal';
import { endReservation } from '../pacing/settle';
import { stopInForce } from '../stops/in-force';
import { type CampaignKnown, moneyOf, readCampaign } from './campaign-state';
import { executeAction } from './execute';
import { insertAction } from './insert-action';
import { isRuleTooHigh } from './stop-rule-wanted';

/**
 * Renews what the platform itself holds each running campaign of an account to. Part of the limits the owner approved:
 * it never grants more than the month has room for. On the account's lane; asked every few hours, it acts when due.
 */
export async function renewMonthGuards(
  ctx: ServiceContext,
  input: { adAccountId: string },
): Promise<{ renewed: number }> {
  const { campaigns, projects } = await transact(ctx, async (tx) => ({
    campaigns: await tx.campaignRecord.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        status: { in: ['ACTIVE', 'IN_REVIEW', 'DISAPPROVED'] },
        project: { adAccountId: input.adAccountId },
      },
      select: { id: true },
    }),
    // The pull before this counted where something is watched; what rests everywhere gives back here.
    projects: await tx.project.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        adAccountId: input.adAccountId,
        campaigns: { none: { status: { in: [...WATCHED_STATUSES] } } },
      },
      select: { id: true },
    }),
  }));
  for (const { id } of projects) await transact(ctx, (tx, inner) => recountRunning(tx, inner, id));
  let renewed = 0;
  for (const { id } of campaigns) {
    const actionId = await proposeRenewal(ctx, id);
    if (actionId === null) continue;
    await executeAction(ctx, { actionId });
    renewed += 1;
  }
  return { renewed };
}

/** The action and its part of the month, in one transaction; null where nothing is due. */
async function proposeRenewal(ctx: ServiceContext, campaignRecordId: string): Promise<string | null> {
  return transact(ctx, async (tx, inner) => {
    const campaign = await readCampaign(tx, inner, campaignRecordId);
    await lockProject(tx, inner, campaign.projectId);
    if (await stopInForce(tx, inner, campaign.projectId)) return null;
    // What moves between two campaigns is done first; the renewal is asked for again within hours.
    if (await isMoving(tx, inner, campaign.id)) return null;
    const money = moneyOf(campaign);
    const due = await dueRenewal(tx, inner, money);
    if (!due && !(await isRuleTooHigh(tx, inner, { campaign }))) return null;
    const today = dayIn(campaign.timezone, await workspaceNow(inner, tx));
    const month = due?.at.month ?? today.slice(0, 7);
    const evidence: Evidence = {
      rule: 'month-guard',
      facts: [],
      confidence: null,
      alternatives: [],
      wouldChange: [],
      since: today,
      until: today,
    };
    const created = await insertAction(tx, inner, {
      campaign,
      action: { kind: 'renew_month_guard', month },
      evidence: evidence as Prisma.InputJsonValue,
      verdict: { answer: 'allow', reasons: ['keeps_month_limit'] },
      dedupeKey: `${campaign.id}:renew_month_guard:${today}`,
    });
    if (!created) return null;
    // Only the rule is told: nothing of the month is asked for.
    const changes = due
      ? await changesWithRoom(reserveRenewal(tx, inner, { actionId: created.id, campaign: money, due }))
      : true;
    if (!changes) {
      await tx.campaignActionRecord.updateMany({
        where: { workspaceId: ctx.workspaceId, id: created.id, state: 'EXECUTING' },
        data: { state: 'REFUSED', errorCode: 'above_month_limit' },
      });
      await endReservation(tx, inner, { holderId: created.id });
      await tellNoRoom(tx, inner, { actionId: created.id, campaign, month });
      return null;
    }
    await record(tx, inner, {
      event: 'action.proposed',
      subject: { type: 'action', id: created.id },
      projectId: campaign.projectId,
      payload: { campaignId: campaign.id, kind: 'renew_month_guard', answer: 'allow' },
      audit: { after: { kind: 'renew_month_guard', answer: 'allow' }, reason: { reasons: 'keeps_month_limit' } },
    });
    return created.id;
  });
}

/** A month without room is an answer: it must not keep the other campaigns of the account from theirs. */
async function changesWithRoom(reserving: Promise<boolean>): Promise<boolean> {
  try {
    return await reserving;
  } catch (error) {
    if (error instanceof AppError && error.code === 'above_month_limit') return false;
    throw error;
  }
}

type NoRoom = { actionId: string; campaign: CampaignKnown; month: string };

/** The owner hears once per month that its room is used up, however often it is asked. */
async function tellNoRoom(tx: Tx, ctx: ServiceContext, { actionId, campaign, month }: NoRoom): Promise<void> {
  const earlier = await tx.campaignActionRecord.count({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      kind: 'renew_month_guard',
      state: 'REFUSED',
      errorCode: 'above_month_limit',
      id: { not: actionId },
      action: { path: ['month'], equals: month },
    },
  });
  if (earlier > 0) return;
  await record(tx, ctx, {
    event: 'action.failed',
    subject: { type: 'action', id: actionId },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id, kind: 'renew_month_guard', errorCode: 'above_month_limit' },
    audit: {
      before: { state: 'EXECUTING' },
      after: { state: 'REFUSED', errorCode: 'above_month_limit' },
      reason: { reasons: 'above_ceiling' },
    },
  });
}
