import type { MoneyJson } from '../../domain/money';
import { significantEvents } from '../../domain/optimization/events/significant-events';
import type { CampaignDay, SignificantEvent, SignificantEventKind } from '../../domain/optimization/events/types';
import type { Envelope, Plan } from '../../domain/plan';
import { pacingSlots } from '../../domain/tick-series';
import { addDays, dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import type { NoticeKey, NoticeParams } from '../../words/en/notices';
import { readBrief } from '../briefs/read';
import { type ServiceContext, transact, workspaceNow } from '../context';
import type { WatchedAccount, WatchedCampaign } from '../insights/watched';
import { tellCampaign } from '../notifications/tell-campaign';
import { hasOpenAlarm, spoiledDays } from './alarms';
import { gatherEvidence } from './evidence';
import { readTickSeries } from './series';

/** Days of history an event may rest on. */
const DAYS = 42;

/** What this place tells; refused ads, stopped delivery and alarms are told where they are found. */
const TOLD: Partial<Record<SignificantEventKind, { key: NoticeKey; bell: 'ALERT' | 'AGENT_UPDATE' }>> = {
  return_below_break_even: { key: 'event_return_below_break_even', bell: 'ALERT' },
  click_rate_below_own: { key: 'event_click_rate_below_own', bell: 'AGENT_UPDATE' },
  spending_fast: { key: 'event_spending_fast', bell: 'AGENT_UPDATE' },
  spending_slow: { key: 'event_spending_slow', bell: 'AGENT_UPDATE' },
  ad_far_ahead: { key: 'event_ad_far_ahead', bell: 'AGENT_UPDATE' },
  seven_days: { key: 'event_seven_days', bell: 'AGENT_UPDATE' },
  budget_low: { key: 'event_budget_low', bell: 'ALERT' },
};
/** Rest on numbers that an open alarm makes doubtful. */
const DOUBTFUL: readonly SignificantEventKind[] = [
  'return_below_break_even',
  'click_rate_below_own',
  'spending_fast',
  'spending_slow',
  'ad_far_ahead',
];

/**
 * Tells what an owner should hear about a running campaign: one message and one bell for each occurrence, ever. To be
 * called after a pull; `isNewDay` also weighs the ads against each other.
 */
export async function tellSignificantEvents(
  ctx: ServiceContext,
  input: { account: WatchedAccount; isNewDay: boolean },
): Promise<void> {
  for (const campaign of input.account.campaigns) {
    if (campaign.status !== 'ACTIVE') continue;
    await transact(ctx, (tx, inner) => tellOfCampaign(tx, inner, { ...input, campaign }));
  }
}

async function tellOfCampaign(
  tx: Tx,
  ctx: ServiceContext,
  input: { account: WatchedAccount; isNewDay: boolean; campaign: WatchedCampaign },
): Promise<void> {
  const { account, campaign } = input;
  const now = await workspaceNow(ctx, tx);
  const today = dayIn(account.timezone, now);
  const row = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaign.id },
    select: { launchedAt: true, structure: true, remoteObjects: { where: { level: 'adset', status: 'ACTIVE' } } },
  });
  const plan = row?.structure as Plan | null | undefined;
  if (!row?.launchedAt || !plan) return;
  const { margin, days } = input.isNewDay ? await wholeDays(tx, ctx, { campaign, today }) : NO_DAYS;
  const dailyBudgetMinor = row.remoteObjects.reduce((sum, { state }) => {
    const { dailyBudget } = state as { dailyBudget?: MoneyJson | null };
    return sum + Number(dailyBudget?.minor ?? 0);
  }, 0);
  const series = await readTickSeries(tx, ctx, { campaignRemoteIds: [campaign.remoteId], zone: account.timezone, now });
  const events = significantEvents({
    campaignKey: campaign.id,
    today,
    launchDay: input.isNewDay ? dayIn(account.timezone, row.launchedAt) : null,
    on: true,
    days,
    breakEvenReturn: margin ? 100 / margin : null,
    dailyBudgetMinor,
    remainingMinor: await leftThisMonth(tx, ctx, { projectId: campaign.projectId, plan, today }),
    pacing: pacingSlots(series, { zone: account.timezone, today }),
    evidence: input.isNewDay
      ? await gatherEvidence(tx, ctx, { campaignRecordId: campaign.id, today, pulledOn: today, lastDecidedOn: null })
      : null,
    refusedAds: [],
    troubles: [],
    said: [],
  });
  const alarm = await hasOpenAlarm(tx, ctx, campaign.projectId);
  for (const event of events) {
    if (alarm && DOUBTFUL.includes(event.kind)) continue;
    await tellOnce(tx, ctx, { event, campaign, plan, margin });
  }
}

type WholeDays = { margin: number | null; days: CampaignDay[] };
/** Between two midnights whole days say nothing new. */
const NO_DAYS: WholeDays = { margin: null, days: [] };

/** The campaign's whole days on which everything could be counted, and what stays of a sale in per cent, where that matters. */
async function wholeDays(
  tx: Tx,
  ctx: ServiceContext,
  { campaign, today }: { campaign: WatchedCampaign; today: string },
): Promise<WholeDays> {
  const brief = await readBrief({ ...ctx, tx }, { projectId: campaign.projectId });
  const spoiled = await spoiledDays(tx, ctx, campaign.projectId);
  const days = await campaignDays(tx, ctx, { campaignRecordId: campaign.id, today });
  return {
    margin: campaign.goal === 'SALES' ? (brief?.draft.marginPercent ?? null) : null,
    days: days.filter(({ day }) => !spoiled.has(day)),
  };
}

async function tellOnce(
  tx: Tx,
  ctx: ServiceContext,
  input: { event: SignificantEvent; campaign: WatchedCampaign; plan: Plan; margin: number | null },
): Promise<void> {
  const { event, campaign, plan, margin } = input;
  const telling = TOLD[event.kind];
  if (!telling) return;
  const first = await tx.sighting.createMany({
    data: [{ workspaceId: ctx.workspaceId, subject: `event:${event.key}` }],
    skipDuplicates: true,
  });
  if (first.count === 0) return;
  await tellCampaign(ctx, {
    campaignRecordId: campaign.id,
    key: telling.key,
    params: paramsOf(event, { campaign, plan, margin }),
    tone: event.urgency === 'info' ? 'info' : 'warning',
    bell: telling.bell,
  });
}

function paramsOf(
  { kind, facts, subject }: SignificantEvent,
  { campaign, plan, margin }: { campaign: WatchedCampaign; plan: Plan; margin: number | null },
): NoticeParams {
  const whole = Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, key.endsWith('Minor') ? Math.round(value) : value]),
  );
  const params: NoticeParams = { ...whole, currency: campaign.currency, goal: campaign.goal };
  if (kind === 'click_rate_below_own')
    return { ...params, perThousand: perThousand(facts.rate), usualPerThousand: perThousand(facts.usual) };
  if (kind === 'return_below_break_even') {
    const spend = facts.spendMinor ?? 0;
    return {
      ...params,
      valueMinor: Math.round(spend * (facts.return ?? 0)),
      neededMinor: Math.round((spend * 100) / (margin ?? 100)),
    };
  }
  if (kind === 'ad_far_ahead') {
    const ad = plan.adSets.flatMap((adSet) => adSet.ads).find(({ key }) => key === subject);
    return { ...params, ad: ad?.headline ?? '' };
  }
  if (kind === 'seven_days') return { ...params, counts: campaign.goal === 'TRAFFIC' ? 0 : 1 };
  return params;
}

const perThousand = (rate: number | undefined) => Math.round((rate ?? 0) * 10_000) / 10;

async function campaignDays(
  tx: Tx,
  ctx: ServiceContext,
  input: { campaignRecordId: string; today: string },
): Promise<CampaignDay[]> {
  const rows = await tx.performanceSnapshot.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: input.campaignRecordId,
      day: { gte: new Date(addDays(input.today, -DAYS)), lt: new Date(input.today) },
    },
    orderBy: { day: 'asc' },
    select: { day: true, spendMinor: true, impressions: true, clicks: true, results: true, valueMinor: true },
  });
  return rows.map((row) => ({
    day: row.day.toISOString().slice(0, 10),
    spendMinor: Number(row.spendMinor),
    impressions: row.impressions,
    clicks: row.clicks,
    results: row.results,
    valueMinor: row.valueMinor === null ? null : Number(row.valueMinor),
  }));
}

/** What is left of the project's limit for the account month, minor units. */
async function leftThisMonth(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; plan: Plan; today: string },
): Promise<number> {
  const policy = await tx.policyVersion.findFirst({
    where: { workspaceId: ctx.workspaceId, projectId: input.projectId },
    orderBy: { version: 'desc' },
    select: { envelope: true },
  });
  const envelope = (policy?.envelope as Envelope | undefined) ?? input.plan.envelope;
  const spent = await tx.performanceSnapshot.aggregate({
    where: {
      workspaceId: ctx.workspaceId,
      campaign: { projectId: input.projectId },
      day: { gte: new Date(`${input.today.slice(0, 7)}-01`), lte: new Date(input.today) },
    },
    _sum: { spendMinor: true },
  });
  return Number(BigInt(envelope.monthlyCeiling.minor) - (spent._sum.spendMinor ?? 0n));
}
