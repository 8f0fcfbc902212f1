import type { CampaignAction } from '../../domain/action';
import type { CampaignStatus } from '../../domain/campaign-status';
import type { ReportView } from '../../domain/message';
import type { Plan } from '../../domain/plan';
import { type ReportDay, type ReportFigures, weekFigures } from '../../domain/report-math';
import { instantAt } from '../../domain/report-week';
import { addDays, dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { actionAsked, actionDone } from '../../words/en/actions';
import { forecastSentence } from '../../words/en/forecast';
import { recordSentence } from '../../words/en/grades';
import { reportSummary, reportWords } from '../../words/en/reports';
import { loadActionCards } from '../actions/card';
import { readTrackRecords } from '../activity/track-records';
import { type ServiceContext, workspaceNow } from '../context';
import { forecastOf } from '../standing/forecast';

export type ReportCampaign = {
  id: string;
  projectId: string;
  name: string;
  status: CampaignStatus;
  timezone: string;
  currency: string;
  launchedAt: Date | null;
  plan: Plan;
  locale: string;
};
type Gather = { campaign: ReportCampaign; monday: string; reach: number | null; previousReach: number | null };

/** One campaign's account week as the report shows it, from what was pulled; null where it did not run in that week. */
export async function gatherReport(
  tx: Tx,
  ctx: ServiceContext,
  input: Gather,
): Promise<Omit<ReportView, 'reportId'> | null> {
  const { campaign, monday } = input;
  const launchDay = campaign.launchedAt ? dayIn(campaign.timezone, campaign.launchedAt) : null;
  const today = dayIn(campaign.timezone, await workspaceNow(ctx, tx));
  const until = addDays(monday, 6);
  if (!launchDay || launchDay > until) return null;
  const rows = await tx.performanceSnapshot.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      day: { gte: new Date(launchDay), lte: new Date(until) },
    },
    orderBy: { day: 'asc' },
  });
  const days = rows.map(
    (row): ReportDay => ({
      day: row.day.toISOString().slice(0, 10),
      spendMinor: row.spendMinor,
      impressions: row.impressions,
      clicks: row.clicks,
      landingPageViews: null,
      results: row.results,
      valueMinor: row.valueMinor,
    }),
  );
  // Nothing ran and nothing was meant to: there is nothing to tell.
  if (campaign.status !== 'ACTIVE' && !days.some((day) => day.day >= monday)) return null;
  const figures = weekFigures({
    goal: campaign.plan.goal,
    currency: campaign.currency,
    monday,
    today,
    launchDay,
    rows: days,
    reach: input.reach,
    previousReach: input.previousReach,
    projection: campaign.plan.projection,
  });
  const actions = await actionsOfWeek(tx, ctx, { campaign, monday });
  return {
    kind: 'REPORT',
    campaignName: campaign.name,
    since: figures.since,
    until: figures.until,
    partialWeek: figures.partialWeek,
    goal: campaign.plan.goal,
    // The week's days are still being restated: what they returned is not claimed yet.
    totals: { ...figures.totals, roas: null },
    previous: figures.trend && figures.previous ? { ...figures.previous, roas: null } : null,
    sinceLaunch: figures.sinceLaunch,
    expected: figures.expected,
    summary: reportSummary(figures, campaign.plan.goal, campaign.locale),
    ...(campaign.status === 'ACTIVE' ? await ahead(tx, ctx, campaign) : {}),
    done: actions.done,
    watching: await watching(tx, ctx, { campaign, monday, figures, quiet: actions.done.length === 0 }),
    needsYou: await needsYou(tx, ctx, campaign),
  };
}

async function ahead(tx: Tx, ctx: ServiceContext, campaign: ReportCampaign): Promise<{ ahead?: string }> {
  const said = await forecastOf(tx, ctx, { campaignId: campaign.id });
  return said ? { ahead: forecastSentence(said, campaign.locale) } : {};
}

async function actionsOfWeek(
  tx: Tx,
  ctx: ServiceContext,
  { campaign, monday }: Pick<Gather, 'campaign' | 'monday'>,
): Promise<{ done: string[] }> {
  const [since, until] = [instantAt(monday, 0, campaign.timezone), instantAt(addDays(monday, 7), 0, campaign.timezone)];
  const rows = await tx.campaignActionRecord.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      state: { in: ['DONE', 'UNDONE'] },
      occurredAt: { gte: since, lt: until },
    },
    orderBy: { occurredAt: 'asc' },
    take: 50,
    select: { id: true, action: true, undoOfId: true, approvalId: true },
  });
  const cards = await loadActionCards(
    tx,
    ctx,
    rows.map((row) => row.id),
  );
  return {
    done: rows.map((row) => {
      const card = cards.get(row.id);
      return actionDone(
        {
          action: row.action as CampaignAction,
          subject: card?.kind === 'AGENT_ACTION' ? card.subjectName : null,
          campaign: campaign.name,
          isUndo: row.undoOfId !== null,
          approvedByOwner: row.approvalId !== null,
        },
        campaign.locale,
      );
    }),
  };
}

async function watching(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaign: ReportCampaign; monday: string; figures: ReportFigures; quiet: boolean },
): Promise<string[]> {
  const { campaign, monday, figures } = input;
  const words = reportWords.watching;
  if (campaign.status === 'IN_REVIEW') return [words.inReview];
  const looked = await tx.decisionRun.count({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      state: 'DONE',
      day: { gte: new Date(monday), lte: new Date(addDays(monday, 6)) },
    },
  });
  const records = await readTrackRecords(tx, ctx, campaign.projectId);
  const total = (of: 'kept' | 'missed' | 'cannotTell') => records.reduce((sum, one) => sum + one[of], 0);
  const score = { kept: total('kept'), missed: total('missed'), cannotTell: total('cannotTell') };
  return [
    ...(records.length > 0 ? [recordSentence(score, campaign.locale)] : []),
    ...(input.quiet && looked > 0 ? [words.quiet(looked)] : []),
    ...(figures.trend === null ? [words.early] : []),
    ...(figures.totals.results !== null && figures.reportedShare < 0.9 ? [words.late] : []),
  ];
}

async function needsYou(tx: Tx, ctx: ServiceContext, campaign: ReportCampaign): Promise<string[]> {
  const words = reportWords.needs;
  const waiting = await tx.approval.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaign.id,
      state: 'WAITING',
      expiresAt: { gt: await workspaceNow(ctx, tx) },
    },
    orderBy: { createdAt: 'asc' },
    select: { kind: true, actionId: true },
  });
  const actions = await tx.campaignActionRecord.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      id: { in: waiting.flatMap(({ actionId }) => (actionId ? [actionId] : [])) },
    },
    select: { id: true, action: true },
  });
  const cards = await loadActionCards(
    tx,
    ctx,
    actions.map((row) => row.id),
  );
  const asked = new Map(
    actions.map((row) => {
      const card = cards.get(row.id);
      return [
        row.id,
        actionAsked(
          { action: row.action as CampaignAction, subject: card?.kind === 'AGENT_ACTION' ? card.subjectName : null },
          campaign.locale,
        ),
      ];
    }),
  );
  return [
    ...waiting.map(({ kind, actionId }) => {
      const sentence = actionId ? asked.get(actionId) : undefined;
      return kind === 'campaign_action' && sentence
        ? words.card(sentence.charAt(0).toLowerCase() + sentence.slice(1))
        : words.plan;
    }),
    ...(campaign.status === 'PAUSED' ? [words.paused] : []),
  ];
}
