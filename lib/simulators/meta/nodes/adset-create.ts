import type { Context } from '../graph/context';
import { requireWrite } from '../validate/access';
import {
  checkAttribution,
  checkBid,
  checkBilling,
  checkDsa,
  checkPromoted,
  checkRoasFloor,
  checkSchedule,
  defaultAttribution,
  readTimes,
} from '../validate/adset';
import { readExtras } from '../validate/adset-extras';
import { checkMinimum, checkShared, daysBetween, holdsBudget, oneLevelOnly, readBudgets } from '../validate/budget';
import { BID_STRATEGIES, BILLING_EVENTS, DESTINATION_TYPES, OPTIMIZATION_GOALS } from '../validate/enums';
import { checkEvent, checkGoal } from '../validate/goal-table';
import { readLabels } from '../validate/labels';
import { readName } from '../validate/naming';
import { isDryRun, readCreateStatus, requireAlive } from '../validate/status-moves';
import { checkTargeting, hasSpecialCategory, reachesEu } from '../validate/targeting';
import { invalid, missing, notFound, refused } from '../wire/errors';
import { readBoolean, readEnum, readJson, readObject, readText } from '../wire/params';
import { childrenOf, objectOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject } from '../world/types';
import { addBudgetSchedules, readBudgetSchedules } from './budget-schedule';
import { logActivity, touch } from './shared';

const ADSETS_PER_CAMPAIGN = 200;
const ADSETS_PER_ACCOUNT = 5000;
const DAY_MS = 86_400_000;

function campaignFor(context: Context, account: GraphObject): GraphObject {
  const id = readText(context.params, 'campaign_id');
  if (id === undefined) throw missing('campaign_id');
  const campaign = objectOf(context.world, id, 'campaign');
  if (!campaign || campaign.account !== account.id) throw notFound(id, 'POST');
  requireAlive(campaign);
  return campaign;
}

/** POST act_X/adsets. */
export function createAdSet(context: Context, account: GraphObject): JsonObject {
  const { params, world, nowMs } = context;
  requireWrite(context, account);
  const name = readName(params);
  const campaign = campaignFor(context, account);
  const goal = readEnum(params, 'optimization_goal', OPTIMIZATION_GOALS);
  if (goal === undefined) throw missing('optimization_goal');
  const billing = readEnum(params, 'billing_event', BILLING_EVENTS);
  if (billing === undefined) throw missing('billing_event');
  const targeting = readObject(params, 'targeting');
  if (targeting === undefined) throw missing('targeting');

  const destination = readEnum(params, 'destination_type', DESTINATION_TYPES);
  const need = checkGoal(textOf(campaign, 'objective') ?? '', destination, goal);
  checkBilling(goal, billing);
  const promoted = readObject(params, 'promoted_object');
  checkPromoted(context, need, account, promoted);
  checkEvent(textOf(campaign, 'objective') ?? '', destination, promoted);

  const checked = checkTargeting(targeting, { hasSpecialCategory: hasSpecialCategory(campaign) });
  checkDsa(account, params, reachesEu(checked));

  const { budgets, times, bid, strategy } = checkMoney(context, account, campaign, billing);
  checkSchedule(params, budgets);
  checkRoasFloor(params, goal, strategy);
  const attribution = checkAttribution(params, goal) ?? defaultAttribution(goal);
  const frequency = readJson(params, 'frequency_control_specs');
  if (frequency !== undefined && goal !== 'REACH' && goal !== 'THRUPLAY')
    throw invalid('frequency_control_specs can only be used with REACH and THRUPLAY');
  const extras = readExtras(params, holdsBudget(campaign));
  const schedules = readBudgetSchedules(context, null) ?? [];
  if (schedules.length > 0 && budgets.daily === undefined)
    throw invalid('budget_schedule_specs need a daily ad set budget');
  const status = readCreateStatus(params);
  if (childrenOf(world, campaign, 'adset').filter((one) => one.status !== 'DELETED').length >= ADSETS_PER_CAMPAIGN)
    throw invalid('Too many ad sets in this campaign');
  if (objectsOf(world, 'adset', account.id).filter((one) => one.status !== 'DELETED').length >= ADSETS_PER_ACCOUNT)
    throw invalid('Too many ad sets in this account');
  if (isDryRun(params)) return { success: true };

  const zone = zoneOf(world, account);
  const adSet = makeObject(world, {
    kind: 'adset',
    account: account.id,
    nowMs,
    status,
    hidden: { significantEditMs: nowMs },
    data: {
      name,
      campaign_id: campaign.id,
      optimization_goal: goal,
      billing_event: billing,
      targeting: checked,
      destination_type: destination ?? 'UNDEFINED',
      promoted_object: promoted,
      daily_budget: budgetText(campaign, budgets.daily),
      lifetime_budget: budgetText(campaign, budgets.lifetime),
      bid_amount: bid,
      bid_strategy: strategy ?? (holdsBudget(campaign) ? undefined : 'LOWEST_COST_WITHOUT_CAP'),
      start_time: formatTime(times.startMs, zone),
      end_time: times.endMs === null ? undefined : formatTime(times.endMs, zone),
      attribution_spec: attribution,
      frequency_control_specs: frequency,
      is_dynamic_creative: readBoolean(params, 'is_dynamic_creative') ?? false,
      dsa_payor: readText(params, 'dsa_payor') ?? account.data.default_dsa_payor,
      dsa_beneficiary: readText(params, 'dsa_beneficiary') ?? account.data.default_dsa_beneficiary,
      pacing_type: ['standard'],
      ...extras,
      adlabels: readLabels(context, account.id),
    },
  });
  addBudgetSchedules(context, adSet, schedules);
  touch(context, adSet);
  logActivity(context, adSet, 'create_ad_set');
  return { id: adSet.id };
}

/** The kind of budget that is not used reads back as "0". */
function budgetText(campaign: GraphObject, minor: number | undefined): string | undefined {
  if (holdsBudget(campaign)) return undefined;
  return String(minor ?? 0);
}

function checkMoney(context: Context, account: GraphObject, campaign: GraphObject, billing: string) {
  const { params, world, nowMs } = context;
  const times = readTimes(params, zoneOf(world, account), nowMs);
  const budgets = readBudgets(params);
  if (holdsBudget(campaign)) {
    if (budgets.daily !== undefined) throw oneLevelOnly('daily_budget');
    if (budgets.lifetime !== undefined) throw oneLevelOnly('lifetime_budget');
    const live = childrenOf(world, campaign, 'adset').filter((one) => one.status !== 'DELETED');
    checkShared(world, account, { daily: Number(campaign.data.daily_budget ?? 0) || undefined }, live.length + 1);
  }
  if (!holdsBudget(campaign) && budgets.daily === undefined && budgets.lifetime === undefined) {
    throw refused({
      subcode: 1885272,
      title: 'Budget Is Required',
      userMessage: 'The ad set needs a daily or a lifetime budget, because its campaign has none.',
      blame: 'daily_budget',
    });
  }
  const isLifetime = budgets.lifetime !== undefined || Number(campaign.data.lifetime_budget ?? 0) > 0;
  if (isLifetime && times.endMs === null && campaign.data.stop_time === undefined) throw missing('end_time');
  if (budgets.daily !== undefined && times.endMs !== null && times.endMs - times.startMs < DAY_MS) {
    throw refused({
      subcode: 1487033,
      title: 'Schedule is too short',
      userMessage: 'An ad set with a daily budget must run for more than 24 hours.',
      blame: 'end_time',
    });
  }

  const strategy = readEnum(params, 'bid_strategy', BID_STRATEGIES);
  const bid = checkBid(params, strategy ?? textOf(campaign, 'bid_strategy'));
  checkMinimum({
    world,
    account,
    budgets,
    billingEvent: billing,
    bidAmount: bid,
    days: daysBetween(times.startMs, times.endMs),
  });
  return { budgets, times, bid, strategy };
}
