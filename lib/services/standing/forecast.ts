import type { Plan } from '../../domain/plan';
import { MATURE_AFTER_DAYS } from '../../domain/statistics/delay-curve';
import { type Backtest, forecast, MIN_DAYS } from '../../domain/statistics/forecast';
import { addDays, dayIn, daysBetween, mondayOf } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { spoiledDays } from '../monitor/alarms';

/** 8 times of 10 the truth is expected inside. */
export type Range = { low: number; likely: number; high: number };
export type CampaignForecast =
  | {
      days: number;
      currency: string;
      goal: Plan['goal'];
      /** Minor units. */
      spend: Range;
      clicks: Range;
      /** Null where results are not counted or none has come yet. */
      results: Range | null;
      /** How often earlier forecasts of the same kind held: of results where there are any, of clicks otherwise. */
      backtest: Backtest;
    }
  | { refused: 'not_running' | 'under_14_days' | 'nothing_happened'; daysSoFar: number; moreDays: number };

/** Days of the past a forecast rests on. */
const BACK_DAYS = 90;

/**
 * What the next days bring if nothing is changed: level and weekdays of the whole days so far, as 80 % intervals. Results
 * rest on days old enough that no late result is missing; under 14 of them it is refused.
 */
export async function readForecast(
  ctx: ServiceContext,
  input: { campaignId: string; days?: number },
): Promise<CampaignForecast | null> {
  return transact(ctx, (tx, inner) => forecastOf(tx, inner, input));
}

export async function forecastOf(
  tx: Tx,
  ctx: ServiceContext,
  { campaignId, days: horizon = 7 }: { campaignId: string; days?: number },
): Promise<CampaignForecast | null> {
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaignId },
    select: { timezone: true, currency: true, launchedAt: true, status: true, structure: true, projectId: true },
  });
  const plan = campaign?.structure as Plan | null | undefined;
  if (!campaign || !plan) return null;
  const today = dayIn(campaign.timezone, await workspaceNow(ctx, tx));
  const launch = campaign.launchedAt ? dayIn(campaign.timezone, campaign.launchedAt) : today;
  const earliest = addDays(today, -BACK_DAYS);
  // The day of the launch was not whole.
  const first = addDays(launch, 1) > earliest ? addDays(launch, 1) : earliest;
  const mature = daysBetween(first, addDays(today, 1 - MATURE_AFTER_DAYS));
  const refused = (why: 'not_running' | 'under_14_days' | 'nothing_happened') => ({
    refused: why,
    daysSoFar: Math.max(0, mature),
    moreDays: Math.max(0, MIN_DAYS - mature),
  });
  if (campaign.status !== 'ACTIVE') return refused('not_running');
  if (mature < MIN_DAYS) return refused('under_14_days');
  const rows = await tx.performanceSnapshot.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      campaignRecordId: campaignId,
      day: { gte: new Date(first), lt: new Date(today) },
    },
    select: { day: true, spendMinor: true, clicks: true, results: true },
  });
  const byDay = new Map(rows.map((row) => [row.day.toISOString().slice(0, 10), row]));
  const spoiled = await spoiledDays(tx, ctx, campaign.projectId);
  const firstWeekday = daysBetween(mondayOf(first), first);
  const ahead = (length: number, counts: boolean, of: (row: (typeof rows)[number]) => number) => {
    const values = Array.from({ length }, (_, at) => {
      const day = addDays(first, at);
      const row = byDay.get(day);
      // Days on which nothing could be counted are no evidence of few.
      return spoiled.has(day) ? null : row ? of(row) : 0;
    });
    // What ends before today is carried forward over the days between as well, and those are taken off again.
    const lag = daysBetween(addDays(first, length), today);
    return made({ values: filled(values), firstWeekday, horizon: horizon + lag, counts }, lag, horizon);
  };
  const whole = daysBetween(first, today);
  const spend = ahead(whole, false, (row) => Number(row.spendMinor));
  const clicks = ahead(whole, true, (row) => row.clicks);
  const tracked = plan.goal !== 'TRAFFIC' && rows.some((row) => row.results !== null);
  const results = tracked ? ahead(mature, true, (row) => row.results ?? 0) : null;
  if (!spend || !clicks) return refused('nothing_happened');
  return {
    days: horizon,
    currency: campaign.currency,
    goal: plan.goal,
    spend: spend.range,
    clicks: clicks.range,
    results: results?.range ?? null,
    backtest: (results ?? clicks).backtest,
  };
}

/** A forecast of the last `horizon` of `horizon + lag` days, with the whole one's relative width. */
function made(input: Parameters<typeof forecast>[0], lag: number, horizon: number) {
  const answer = forecast(input);
  if ('refused' in answer) return null;
  const likely = answer.daily.slice(lag, lag + horizon).reduce((sum, one) => sum + one, 0);
  const scale = answer.likely > 0 ? likely / answer.likely : 0;
  const { backtest } = lag > 0 ? (forecast({ ...input, horizon }) as typeof answer) : answer;
  return { range: { low: answer.low * scale, likely, high: answer.high * scale }, backtest };
}

/** Gaps take the average of the days that could be counted. */
function filled(values: readonly (number | null)[]): number[] {
  const known = values.filter((value) => value !== null);
  const average = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  return values.map((value) => value ?? average);
}
