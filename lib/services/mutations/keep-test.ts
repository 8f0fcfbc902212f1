import type { CampaignAction } from '../../domain/action';
import type { AdTestTerms } from '../../domain/ad-test';
import { addDays, dayIn } from '../../domain/time';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { record } from '../ledger/record';
import type { CampaignKnown } from './campaign-state';

type Kept = {
  actionId: string;
  approvalId: string | null;
  campaign: CampaignKnown;
  action: CampaignAction;
  studyId: string | null;
};

/** What an action made of a comparison, once the platform confirmed all of it: it runs, or it is over. */
export async function keepTest(tx: Tx, ctx: ServiceContext, input: Kept): Promise<void> {
  const { action } = input;
  if (action.kind === 'start_test') await begin(tx, ctx, { ...input, test: action.test });
  if (action.kind === 'end_test') await end(tx, ctx, { campaign: input.campaign, test: action.test });
}

/** First and last account day: ads are counted from today, groups (whose budgets just moved) from the first whole day. */
export function daysOfTest(test: Pick<AdTestTerms, 'level' | 'days'>, today: string): { from: string; to: string } {
  const from = test.level === 'ad' ? today : addDays(today, 1);
  return { from, to: addDays(from, test.days) };
}

/** The account day of the press: the days of a test are those of its card, however long the gate took. */
export async function startDay(
  tx: Tx,
  ctx: ServiceContext,
  { approvalId, campaign }: { approvalId: string | null; campaign: CampaignKnown },
): Promise<string> {
  const card = approvalId
    ? await tx.approval.findFirst({
        where: { workspaceId: ctx.workspaceId, id: approvalId },
        select: { decidedAt: true },
      })
    : null;
  return dayIn(campaign.timezone, card?.decidedAt ?? (await workspaceNow(ctx, tx)));
}

async function begin(tx: Tx, ctx: ServiceContext, input: Kept & { test: AdTestTerms }): Promise<void> {
  const { test, campaign, actionId, approvalId, studyId } = input;
  const { id, level, drawnBy, adSetKey, arms, measure, question, sizing, seesPercent, days } = test;
  const { from, to } = daysOfTest(test, await startDay(tx, ctx, { approvalId, campaign }));
  await tx.adTest.create({
    data: {
      id,
      workspaceId: ctx.workspaceId,
      projectId: campaign.projectId,
      campaignRecordId: campaign.id,
      actionId,
      level,
      drawnBy,
      studyId,
      adSetKey,
      arms,
      measure,
      question,
      plan: { ...sizing, wantedLift: seesPercent / 100, days } satisfies Prisma.InputJsonObject,
      startedOn: new Date(from),
      endsOn: new Date(to),
    },
  });
  await record(tx, ctx, {
    event: 'ad_test.started',
    subject: { type: 'ad_test', id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id },
    audit: { after: { level, drawnBy, arms: arms.join(','), measure, from, to } },
  });
}

async function end(tx: Tx, ctx: ServiceContext, input: { campaign: CampaignKnown; test: AdTestTerms }): Promise<void> {
  const { campaign, test } = input;
  const own = { workspaceId: ctx.workspaceId, id: test.id };
  const now = await workspaceNow(ctx, tx);
  await tx.adTest.updateMany({
    where: { ...own, studyId: { not: null }, studyEndedAt: null },
    data: { studyEndedAt: now },
  });
  const stopped = await tx.adTest.updateMany({
    where: { ...own, state: 'RUNNING' },
    data: { state: 'STOPPED', endedAt: now },
  });
  if (stopped.count === 0) return;
  await record(tx, ctx, {
    event: 'ad_test.ended',
    subject: { type: 'ad_test', id: test.id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id, state: 'STOPPED' },
    audit: { before: { state: 'RUNNING' }, after: { state: 'STOPPED' } },
  });
}
