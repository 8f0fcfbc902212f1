import { audienceSize } from '../delivery/audience';
import type { Context, NodeType } from '../graph/context';
import { insightsEdge } from '../insights/edge';
import { estimateBody } from '../search/estimates';
import { learningStage } from '../status/learning';
import { queueReview } from '../status/review';
import { requireWrite } from '../validate/access';
import {
  checkAttribution,
  checkBid,
  checkBilling,
  checkDsa,
  checkPromoted,
  checkSchedule,
  defaultAttribution,
  readTimes,
} from '../validate/adset';
import { type Budgets, checkMinimum, daysBetween, oneLevelOnly, readBudgets } from '../validate/budget';
import { isDryRun, readCreateStatus, readLabels, readName, requireAlive } from '../validate/common';
import { BID_STRATEGIES, BILLING_EVENTS, DESTINATION_TYPES, OPTIMIZATION_GOALS } from '../validate/enums';
import { checkGoal } from '../validate/goal-table';
import { checkTargeting, targetedCountries } from '../validate/targeting';
import { invalid, missing, notFound, refused } from '../wire/errors';
import {
  has,
  isObject,
  readBoolean,
  readEnum,
  readInteger,
  readJson,
  readObject,
  readText,
  readTextList,
} from '../wire/params';
import { childrenOf, objectOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { formatTime, parseTime } from '../world/time';
import type { GraphObject, JsonObject, World } from '../world/types';
import { budgetRemaining } from './budget-remaining';
import { scheduleEdge } from './budget-schedule';
import { copyEdge } from './copies';
import {
  accountOf,
  COMMON_READERS,
  childEdge,
  LABEL_EDGE,
  linkReader,
  logActivity,
  removeObject,
  timeReader,
  touch,
  updateWith,
} from './shared';

const ADSETS_PER_CAMPAIGN = 200;
const DAY_MS = 86_400_000;
const BIG_BUDGET_STEP = 0.2;

function campaignFor(context: Context, account: GraphObject): GraphObject {
  const id = readText(context.params, 'campaign_id');
  if (id === undefined) throw missing('campaign_id');
  const campaign = objectOf(context.world, id, 'campaign');
  if (!campaign || campaign.account !== account.id) throw notFound(id, 'POST');
  requireAlive(campaign);
  return campaign;
}

function holdsBudget(campaign: GraphObject): boolean {
  return campaign.data.daily_budget !== undefined || campaign.data.lifetime_budget !== undefined;
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

  const categories = campaign.data.special_ad_categories;
  const checked = checkTargeting(targeting, {
    hasSpecialCategory:
      Array.isArray(categories) &&
      categories.some(
        (one) => one === 'HOUSING' || one === 'EMPLOYMENT' || one === 'CREDIT' || one === 'FINANCIAL_PRODUCTS_SERVICES',
      ),
  });
  checkDsa(account, params, targetedCountries(checked));

  const { budgets, times, bid, strategy } = checkMoney(context, account, campaign, billing);
  checkSchedule(params, budgets);
  const attribution = checkAttribution(params, goal) ?? defaultAttribution(goal);
  const frequency = readJson(params, 'frequency_control_specs');
  if (frequency !== undefined && goal !== 'REACH' && goal !== 'THRUPLAY')
    throw invalid('frequency_control_specs can only be used with REACH and THRUPLAY');
  const status = readCreateStatus(params);
  if (childrenOf(world, campaign, 'adset').filter((one) => one.status !== 'DELETED').length >= ADSETS_PER_CAMPAIGN)
    throw invalid('Too many ad sets in this campaign');
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
      bid_constraints: readJson(params, 'bid_constraints'),
      start_time: formatTime(times.startMs, zone),
      end_time: times.endMs === null ? undefined : formatTime(times.endMs, zone),
      attribution_spec: attribution,
      frequency_control_specs: frequency,
      is_dynamic_creative: readBoolean(params, 'is_dynamic_creative') ?? false,
      dsa_payor: readText(params, 'dsa_payor') ?? account.data.default_dsa_payor,
      dsa_beneficiary: readText(params, 'dsa_beneficiary') ?? account.data.default_dsa_beneficiary,
      pacing_type: readTextList(params, 'pacing_type') ?? ['standard'],
      adset_schedule: readJson(params, 'adset_schedule'),
      regional_regulated_categories: readJson(params, 'regional_regulated_categories'),
      adlabels: readLabels(context, account.id),
    },
  });
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
  }
  if (!holdsBudget(campaign) && budgets.daily === undefined && budgets.lifetime === undefined) {
    throw refused({
      subcode: 1885272,
      title: 'Budget Is Required',
      userMessage: 'The ad set needs a daily or a lifetime budget, because its campaign has none.',
      blame: 'daily_budget',
    });
  }
  if (budgets.lifetime !== undefined && times.endMs === null) throw missing('end_time');
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

const updateAdSet = updateWith('ad_set', (context, adSet) => {
  const { params } = context;
  const account = accountOf(context, adSet);
  const campaign = objectOf(context.world, textOf(adSet, 'campaign_id'), 'campaign');
  if (!account || !campaign) return {};

  refuseImmutable(context, adSet);
  const fields: JsonObject = {};
  let isSignificant = changeBudgets(context, { account, campaign, adSet }, fields);
  if (has(params, 'targeting')) {
    const targeting = checkTargeting(readObject(params, 'targeting') ?? {}, { hasSpecialCategory: false });
    checkDsa(account, params, targetedCountries(targeting), adSet);
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
  changeTimes(context, adSet, fields);

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

export const ADSET: NodeType = {
  kind: 'adset',
  typeName: 'AdSet',
  fields:
    `account_id campaign_id campaign name status configured_status effective_status optimization_goal billing_event bid_amount bid_strategy
    bid_info bid_constraints bid_adjustments daily_budget lifetime_budget budget_remaining daily_min_spend_target lifetime_min_spend_target
    daily_spend_cap lifetime_spend_cap start_time end_time created_time updated_time campaign_active_time targeting targeting_optimization_types
    promoted_object destination_type attribution_spec learning_stage_info issues_info recommendations review_feedback is_dynamic_creative
    dsa_payor dsa_beneficiary regional_regulated_categories regional_regulation_identities pacing_type adset_schedule frequency_control_specs
    multi_optimization_goal_weight optimization_sub_event recurring_budget_semantics use_new_app_click instagram_user_id asset_feed_id
    source_adset_id source_adset rf_prediction_id full_funnel_exploration_mode is_budget_schedule_enabled is_incremental_attribution_enabled
    adlabels brand_safety_config placement_soft_opt_out value_rule_set_id special_ad_categories ad_set_goal cost_bidding_mode
    attribution_count_type creative_diversity_score creative_diversity_label low_creative_reach account adset_active_time campaign_attribution
    contextual_bundling_spec creative_sequence existing_customer_budget_percentage lifetime_imps time_based_ad_rotation_intervals`.split(
      /\s+/,
    ),
  read: {
    ...COMMON_READERS,
    campaign: linkReader('campaign_id'),
    start_time: timeReader('start_time'),
    end_time: timeReader('end_time'),
    budget_remaining: budgetRemaining,
    learning_stage_info: (context, adSet) => learningStage(context.world, adSet, context.nowMs),
    destination_type: (_context, adSet) => adSet.data.destination_type,
    recurring_budget_semantics: () => true,
    use_new_app_click: () => false,
    is_budget_schedule_enabled: () => false,
    source_adset_id: (_context, adSet) => textOf(adSet, 'source_adset_id') ?? '0',
    special_ad_categories: (context, adSet) =>
      objectOf(context.world, textOf(adSet, 'campaign_id'))?.data.special_ad_categories,
  },
  edges: {
    ads: childEdge('ad'),
    adcreatives: {
      objects: (context, adSet) => {
        const used = new Set(
          childrenOf(context.world, adSet, 'ad').map((ad) =>
            isObject(ad.data.creative) ? String(ad.data.creative.id) : '',
          ),
        );
        return objectsOf(context.world, 'adcreative', adSet.account).filter((creative) => used.has(creative.id));
      },
    },
    insights: insightsEdge('adset'),
    copies: copyEdge('adset'),
    adlabels: LABEL_EDGE,
    budget_schedules: scheduleEdge,
    adrules_governed: { objects: () => [] },
    delivery_estimate: {
      answer: (_context, adSet) => ({ data: [estimateBody(audienceSize(adSet.data.targeting))] }),
    },
  },
  update: updateAdSet,
  remove: removeObject,
};
