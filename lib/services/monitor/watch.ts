import type { Trouble, WatchFacts } from '../../domain/optimization/watch/types';
import { watchForTrouble } from '../../domain/optimization/watch/watch-for-trouble';
import type { TickSeries } from '../../domain/tick-series';
import { tickOf } from '../../domain/tick-series';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import type { WatchedAccount, WatchedCampaign } from '../insights/watched';
import { record } from '../ledger/record';
import { tellProject } from '../notifications/tell-project';
import { type AlarmRow, findAlarms, troubleOf } from './alarms';
import type { SiteAnswers } from './look-at-sites';
import { readTickSeries } from './series';

const HOUR_MS = 3_600_000;
/** Business hours after a switch of ours or the owner's in which silence is explained. */
const SETTLING_HOURS = 48;

export type WatchInput = {
  account: WatchedAccount;
  /** How the site of each project answered; empty = not looked at. */
  sites: SiteAnswers;
  /** Business time up to which the platform's numbers reach; null = nothing was ever pulled. */
  pulledAt: Date | null;
};

/**
 * Reads each project's 4-hour series for trouble, keeps alarms of it and tells the owner once of each and of its end. What
 * is to be paused or switched on again is carried out afterwards by `answerAlarms`: no write leaves from here.
 */
export async function watchProjects(ctx: ServiceContext, input: WatchInput): Promise<void> {
  for (const projectId of new Set(input.account.campaigns.map((campaign) => campaign.projectId))) {
    await transact(ctx, (tx, inner) => watchProject(tx, inner, { ...input, projectId }));
  }
}

async function watchProject(tx: Tx, ctx: ServiceContext, input: WatchInput & { projectId: string }): Promise<void> {
  const { account, projectId } = input;
  const campaigns = account.campaigns.filter((campaign) => campaign.projectId === projectId);
  const now = await workspaceNow(ctx, tx);
  const zone = account.timezone;
  const series = await readTickSeries(tx, ctx, { campaignRemoteIds: campaigns.map((one) => one.remoteId), zone, now });
  const alarms = await findAlarms(tx, ctx, { projectId, tick: series.tick });
  const open = alarms.filter((alarm) => alarm.closedAt === null);
  const isOn = campaigns.some(({ status }) => status === 'ACTIVE');
  if (!isOn && open.length === 0) return;
  const heard = open.find((alarm) => alarm.ownerSaid !== null && alarm.heardAt === null);
  const facts: WatchFacts = {
    tick: series.tick,
    completeThrough: isOn
      ? await completeThrough(tx, ctx, { series, campaigns, zone, now, pulledAt: input.pulledAt })
      : series.tick,
    dailyBudgetMinor: await budgetsThatAreOn(tx, ctx, campaigns),
    siteAnswers: input.sites[projectId] ?? null,
    answer: (heard?.ownerSaid ?? null) as WatchFacts['answer'] & (string | null),
    quietUntil: Math.max(0, ...alarms.map((alarm) => alarm.quietUntil ?? 0)),
    open: open.map(troubleOf),
    excluded: alarms
      .filter(spoilsBaseline)
      .map((alarm) => ({ from: alarm.sinceTick, to: alarm.untilTick ?? series.tick })),
  };
  const { active, released } = watchForTrouble(series.points, facts);
  for (const trouble of active) await raise(tx, ctx, { trouble, open, projectId, now });
  for (const trouble of released) {
    const alarm = open.find((one) => one.kind === trouble.kind);
    if (alarm) await release(tx, ctx, { alarm, now, tick: series.tick });
  }
  if (heard)
    await tx.alarm.updateMany({ where: { workspaceId: ctx.workspaceId, id: heard.id }, data: { heardAt: now } });
}

const SPOILING: readonly string[] = ['tracking_lost', 'site_down', 'checkout_broken', 'missing_data'];

function spoilsBaseline(alarm: AlarmRow): boolean {
  // "All fine" means that the silence was real and belongs to what is usual.
  return SPOILING.includes(alarm.kind) && alarm.ownerSaid !== 'all-fine';
}

async function raise(
  tx: Tx,
  ctx: ServiceContext,
  input: { trouble: Trouble; open: readonly AlarmRow[]; projectId: string; now: Date },
): Promise<void> {
  const { trouble, open, projectId, now } = input;
  const known = open.find((alarm) => alarm.kind === trouble.kind);
  const fields = {
    answer: trouble.answer,
    confidence: trouble.confidence,
    releaseWhen: trouble.releasedWhen,
  };
  if (known) {
    await tx.alarm.updateMany({ where: { workspaceId: ctx.workspaceId, id: known.id }, data: fields });
    if (known.answer === trouble.answer) return;
    await tell(ctx, { alarmId: known.id, projectId, trouble });
    return;
  }
  const alarm = await tx.alarm.create({
    data: {
      workspaceId: ctx.workspaceId,
      projectId,
      kind: trouble.kind,
      sinceTick: trouble.since,
      paused: [],
      openedAt: now,
      ...fields,
    },
    select: { id: true },
  });
  await record(tx, ctx, {
    event: 'alarm.raised',
    subject: { type: 'alarm', id: alarm.id },
    projectId,
    payload: { kind: trouble.kind, answer: trouble.answer },
    audit: {
      after: {
        kind: trouble.kind,
        answer: trouble.answer,
        since: trouble.since,
        confidence: String(trouble.confidence),
      },
    },
  });
  await tell(ctx, { alarmId: alarm.id, projectId, trouble });
}

/** One message for each thing it comes to; a first faint sign that only makes us hold still is not told. */
async function tell(
  ctx: ServiceContext,
  input: { alarmId: string; projectId: string; trouble: Trouble },
): Promise<void> {
  const { kind, answer } = input.trouble;
  if (kind === 'checkout_broken' && answer === 'freeze') return;
  await tellProject(ctx, {
    projectId: input.projectId,
    key: kind === 'checkout_broken' && answer === 'pause' ? 'alarm_shop_broken' : KEYS[kind],
    params: { alarm: input.alarmId, asks: answer === 'ask' ? 1 : 0 },
    tone: 'warning',
    bell: 'ALERT',
  });
}

const KEYS = {
  tracking_lost: 'alarm_tracking_lost',
  site_down: 'alarm_site_down',
  runaway_spend: 'alarm_runaway_spend',
  price_spike: 'alarm_price_spike',
  checkout_broken: 'alarm_no_results',
  missing_data: 'alarm_missing_data',
} as const;

async function release(
  tx: Tx,
  ctx: ServiceContext,
  input: { alarm: AlarmRow; now: Date; tick: number },
): Promise<void> {
  const { alarm, now, tick } = input;
  const closed = await tx.alarm.updateMany({
    where: { workspaceId: ctx.workspaceId, id: alarm.id, closedAt: null },
    data: {
      closedAt: now,
      untilTick: tick,
      ...(alarm.ownerSaid === 'all-fine' ? { quietUntil: tick + QUIET_TICKS } : {}),
    },
  });
  if (closed.count === 0) return;
  await record(tx, ctx, {
    event: 'alarm.released',
    subject: { type: 'alarm', id: alarm.id },
    projectId: alarm.projectId,
    payload: { kind: alarm.kind },
    audit: { before: { kind: alarm.kind, since: alarm.sinceTick }, after: { until: tick } },
  });
  // What was never told needs no end; what the owner said is over is no news.
  if ((alarm.kind === 'checkout_broken' && alarm.answer === 'freeze') || alarm.ownerSaid === 'all-fine') return;
  await tellProject(ctx, {
    projectId: alarm.projectId,
    key: 'alarm_over',
    params: { kind: alarm.kind, paused: alarm.paused.length },
    tone: 'good',
    bell: 'AGENT_UPDATE',
  });
}

/** Ticks for which the owner's "all fine" stands: three days. */
const QUIET_TICKS = 18;

/** Up to which tick the numbers are whole; silence right after a switch is explained by it. */
async function completeThrough(
  tx: Tx,
  ctx: ServiceContext,
  input: { series: TickSeries; campaigns: readonly WatchedCampaign[]; zone: string; now: Date; pulledAt: Date | null },
): Promise<number> {
  const { series, campaigns, zone, now, pulledAt } = input;
  const asked = pulledAt ? tickOf(zone, new Date(pulledAt.getTime() - 2 * HOUR_MS)) : series.tick;
  const through = Math.min(series.tick, series.completeThrough, asked);
  if (through === series.tick) return through;
  const switched = await tx.event.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      projectId: campaigns[0]?.projectId ?? null,
      type: 'campaign.status_changed',
      occurredAt: { gt: new Date(now.getTime() - SETTLING_HOURS * HOUR_MS) },
    },
    select: { id: true },
  });
  return switched ? series.tick : through;
}

/** Sum of the daily budgets of the ad sets that are on, minor units; null where none is known. */
async function budgetsThatAreOn(
  tx: Tx,
  ctx: ServiceContext,
  campaigns: readonly WatchedCampaign[],
): Promise<number | null> {
  const adSets = await tx.remoteObject.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: { in: campaigns.map(({ id }) => id) },
      level: 'adset',
      status: 'ACTIVE',
    },
    select: { state: true },
  });
  const budgets = adSets.flatMap(({ state }) => {
    const { dailyBudget } = state as { dailyBudget?: { minor: string } | null };
    return dailyBudget ? [Number(dailyBudget.minor)] : [];
  });
  return budgets.length > 0 ? budgets.reduce((sum, one) => sum + one, 0) : null;
}
