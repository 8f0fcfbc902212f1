import type { Context } from '../graph/context';
import { queueReview } from '../status/review';
import {
  checkAttribution,
  checkBid,
  checkDsa,
  checkPromoted,
  checkRoasFloor,
  checkSchedule,
  readTimes,
} from '../validate/adset';
import { readExtras } from '../validate/adset-extras';
import { type Budgets, checkMinimum, daysBetween, holdsBudget, oneLevelOnly, readBudgets } from '../validate/budget';
import { BID_STRATEGIES, OPTIMIZATION_GOALS } from '../validate/enums';
import { checkEvent, checkGoal } from '../validate/goal-table';
import { isDryRun } from '../validate/status-moves';
import { checkTargeting, hasSpecialCategory, reachesEu } from '../validate/targeting';
import { invalid, missing, refused } from '../wire/errors';
import { has, isObject, readEnum, readInteger, readJson, readObject, readText } from '../wire/params';
import { childrenOf, objectOf, textOf, zoneOf } from '../world/live-world';
import { formatTime, parseTime } from '../world/time';
import type { GraphObject, JsonObject, World } from '../world/types';
import { addBudgetSchedules, readBudgetSchedules } from './budget-schedule';
import { accountOf, updateWith } from './shared';

const BIG_BUDGET_STEP = 0.2;

/** POST /{adset}. */
export const updateAdSet = updateWith('ad_set', (context, adSet) => {
  const { params } = context;
  const account = accountOf(context, adSet);
  const campaign = objectOf(context.world, textOf(adSet, 'campaign_id'), 'campaign');
  if (!account || !campaign) return {};

  refuseImmutable(context, adSet);
  const fields: JsonObject = {};
  let isSignificant = changeBudgets(context, { account, campaign, adSet }, fields);
  if (has(params, 'targeting')) {
    const targeting = checkTargeting(readObject(params, 'targeting') ?? {}, {
      hasSpecialCategory: hasSpecialCategory(campaign),
    });
    checkDsa(account, params, reachesEu(targeting), adSet);
    fields.targeting = targeting;
    isSignificant = true;
  }
  const goal = readEnum(params, 'optimization_goal', OPTIMIZATION_GOALS);
  if (goal !== undefined && goal !== adSet.data.optimization_goal) {
    checkGoal(textOf(campaign, 'objective') ?? '', textOf(adSet, 'destination_type'), goal);
    fields.optimization_goal = goal;
    isSignificant = true;
  }
  for (const field of ['dsa_payor', 'dsa_beneficiary'] as const)
    if (has(params, field)) fields[field] = readText(params, field);
  const bid = readInteger(params, 'bid_amount');
  if (bid !== undefined) fields.bid_amount = bid;
  const strategy = readEnum(params, 'bid_strategy', BID_STRATEGIES);
  if (strategy !== undefined) {
    checkBid({ ...params, bid_amount: params.bid_amount ?? adSet.data.bid_amount ?? null }, strategy);
    fields.bid_strategy = strategy;
    isSignificant = true;
  }
  if (has(params, 'bid_constraints'))
    checkRoasFloor(params, String(fields.optimization_goal ?? adSet.data.optimization_goal));
  Object.assign(fields, readExtras(params, holdsBudget(campaign)));
  if (fields.adset_schedule !== undefined)
    checkSchedule(params, { lifetime: Number(fields.lifetime_budget ?? adSet.data.lifetime_budget ?? 0) || undefined });
  const promoted = readObject(params, 'promoted_object');
  if (promoted) {
    checkPromoted(context, 'none', account, promoted);
    checkEvent(textOf(campaign, 'objective') ?? '', textOf(adSet, 'destination_type'), promoted);
    fields.promoted_object = promoted;
  }
  const attribution = checkAttribution(params, String(fields.optimization_goal ?? adSet.data.optimization_goal));
  if (attribution !== undefined) fields.attribution_spec = attribution;
  changeTimes(context, adSet, fields);
  const schedules = readBudgetSchedules(context, adSet);
  if (schedules && !isDryRun(params)) addBudgetSchedules(context, adSet, schedules);

  if (isSignificant && !isDryRun(params)) adSet.hidden.significantEditMs = context.nowMs;
  const needsReview = fields.targeting !== undefined || fields.optimization_goal !== undefined;
  if (needsReview && !isDryRun(params)) requeueAds(context, adSet);
  return fields;
});

function requeueAds(context: Context, adSet: GraphObject): void {
  for (const ad of childrenOf(context.world, adSet, 'ad')) {
    const creative = isObject(ad.data.creative) ? objectOf(context.world, String(ad.data.creative.id)) : null;
    queueReview(context.world, ad, creative, context.nowMs);
  }
}

function refuseImmutable(context: Context, adSet: GraphObject): void {
  const { params, world } = context;
  const isPublished = childrenOf(world, adSet, 'ad').length > 0;
  if (
    has(params, 'attribution_spec') &&
    isPublished &&
    JSON.stringify(readJson(params, 'attribution_spec')) !== JSON.stringify(adSet.data.attribution_spec)
  ) {
    throw refused({
      subcode: 1504040,
      title: 'Attribution setting cannot be changed',
      userMessage: 'The attribution setting of a published ad set cannot be changed.',
      blame: 'attribution_spec',
    });
  }
  if (has(params, 'frequency_control_specs')) {
    throw refused({
      subcode: 1815198,
      title: 'Frequency cap cannot be changed',
      userMessage: 'The frequency cap cannot be changed after creation.',
      blame: 'frequency_control_specs',
    });
  }
  const promoted = readObject(params, 'promoted_object');
  const held = adSet.data.promoted_object;
  if (promoted && isPublished && isObject(held) && promoted.custom_event_type !== held.custom_event_type) {
    throw refused({
      subcode: 3260011,
      title: 'Conversion event cannot be changed',
      userMessage: 'The conversion event of a published ad set cannot be changed.',
      blame: 'promoted_object',
    });
  }
}

type Family = { account: GraphObject; campaign: GraphObject; adSet: GraphObject };

function changeBudgets(context: Context, { account, campaign, adSet }: Family, fields: JsonObject): boolean {
  const budgets = readBudgets(context.params);
  if (budgets.daily === undefined && budgets.lifetime === undefined) return false;
  if (holdsBudget(campaign)) throw oneLevelOnly(budgets.daily === undefined ? 'lifetime_budget' : 'daily_budget');

  const zone = zoneOf(context.world, adSet);
  const endMs = parseTime(has(context.params, 'end_time') ? context.params.end_time : adSet.data.end_time, zone);
  const startMs = parseTime(adSet.data.start_time, zone) ?? context.nowMs;
  if (budgets.lifetime !== undefined && endMs === null) throw missing('end_time');
  checkMinimum({
    world: context.world,
    account,
    budgets,
    billingEvent: textOf(adSet, 'billing_event') ?? 'IMPRESSIONS',
    bidAmount: typeof adSet.data.bid_amount === 'number' ? adSet.data.bid_amount : undefined,
    days: daysBetween(startMs, endMs),
  });
  checkSpent(context.world, adSet, budgets);

  const wanted = budgets.daily ?? budgets.lifetime ?? 0;
  const held = Number((budgets.daily === undefined ? adSet.data.lifetime_budget : adSet.data.daily_budget) ?? 0);
  fields.daily_budget = String(budgets.daily ?? 0);
  fields.lifetime_budget = String(budgets.lifetime ?? 0);
  return held === 0 || Math.abs(wanted - held) / held > BIG_BUDGET_STEP;
}

function checkSpent(world: World, adSet: GraphObject, budgets: Budgets): void {
  if (budgets.lifetime === undefined) return;
  const spent = world.markets[adSet.account]?.budgets[adSet.id]?.spentMinor ?? 0;
  if (budgets.lifetime >= spent * 1.1) return;
  throw refused({
    subcode: 1885650,
    title: 'Budget is too low for what was spent',
    blame: 'lifetime_budget',
    userMessage: 'A lifetime budget must be at least 110% of what the ad set has already spent.',
  });
}

function changeTimes(context: Context, adSet: GraphObject, fields: JsonObject): void {
  const { params, world, nowMs } = context;
  const zone = zoneOf(world, adSet);
  if (has(params, 'end_time')) {
    if (String(params.end_time) === '0') fields.end_time = undefined;
    else {
      const { endMs } = readTimes({ end_time: params.end_time ?? null }, zone, nowMs);
      fields.end_time = endMs === null ? undefined : formatTime(endMs, zone);
    }
  }
  if (!has(params, 'start_time')) return;
  const startMs = parseTime(params.start_time, zone);
  if (startMs === null) throw invalid('Param start_time must be a valid date');
  fields.start_time = formatTime(startMs, zone);
}
