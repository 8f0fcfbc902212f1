import type { Context, NodeType } from '../graph/context';
import { insightsEdge } from '../insights/edge';
import { issuesInfo } from '../status/issues';
import { requireWrite } from '../validate/access';
import { checkMinimum, checkShared, readBudgets } from '../validate/budget';
import { BID_STRATEGIES, BUYING_TYPES, LEGACY_OBJECTIVES, OBJECTIVES, SPECIAL_AD_CATEGORIES } from '../validate/enums';
import { readLabels } from '../validate/labels';
import { readName } from '../validate/naming';
import { isDryRun, readCreateStatus } from '../validate/status-moves';
import { GraphError, invalid, missing, refused } from '../wire/errors';
import { has, type Params, readBoolean, readEnum, readInteger, readJson, readText, readTextList } from '../wire/params';
import { childrenOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { parseTime } from '../world/time';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { studiesOf } from './ad-study';
import { advantageState } from './advantage-state';
import { budgetRemaining } from './budget-remaining';
import { addBudgetSchedules, hasBudgetSchedule, readBudgetSchedules, scheduleEdge } from './budget-schedule';
import { giveBudgetsToAdSets } from './campaign-budgets';
import { copyEdge } from './copies';
import { governedEdge } from './rule';
import {
  accountOf,
  COMMON_READERS,
  childEdge,
  LABEL_EDGE,
  logActivity,
  removeObject,
  timeReader,
  touch,
  updateWith,
} from './shared';

/** Written as a spend cap, this number removes the cap. */
const NO_SPEND_CAP = 922337203685478;
const CAMPAIGNS_PER_ACCOUNT = 5000;

function readCategories(params: Params): Json[] {
  if (params.special_ad_categories === undefined) throw missing('special_ad_categories');
  const categories = (readTextList(params, 'special_ad_categories') ?? [])
    .map((one) => one.toUpperCase())
    .filter((one) => one !== '');
  const unknown = categories.find((one) => !SPECIAL_AD_CATEGORIES.some((known) => known === one));
  if (unknown !== undefined)
    throw invalid(`Param special_ad_categories[0] must be one of {${SPECIAL_AD_CATEGORIES.join(', ')}}`);
  const real = categories.filter((one) => one !== 'NONE');
  if (real.length > 0 && !has(params, 'special_ad_category_country')) throw missing('special_ad_category_country');
  return real;
}

function readObjective(params: Params): string {
  const objective = readText(params, 'objective');
  if (objective === undefined) throw missing('objective');
  const name = objective.toUpperCase();
  if (LEGACY_OBJECTIVES.some((legacy) => legacy === name)) {
    throw invalid(`Objective ${name} is invalid. Use one of: ${OBJECTIVES.join(', ')}.`);
  }
  return readEnum(params, 'objective', OBJECTIVES) ?? name;
}

function checkSpendCap(account: GraphObject, cap: number | undefined): string | undefined {
  if (cap === undefined) return undefined;
  if (cap === NO_SPEND_CAP || cap === 0) return '0';
  const least = Number(account.data.min_campaign_group_spend_cap ?? 0);
  if (cap >= least) return String(cap);
  throw refused({
    subcode: 1885650,
    title: 'Campaign spending limit is too low',
    userMessage: `The campaign spending limit must be at least ${least} (in the smallest unit of the account's currency).`,
    blame: 'spend_cap',
  });
}

function refuseAdvantageShopping(params: Params): void {
  const kind = readText(params, 'smart_promotion_type');
  if (kind !== 'AUTOMATED_SHOPPING_ADS' && kind !== 'SMART_APP_PROMOTION') return;
  throw new GraphError({
    code: 100,
    subcode: 3859003,
    status: 400,
    message: 'Invalid parameter',
    title: 'Campaign type is deprecated',
    userMessage: 'Advantage+ shopping and app campaigns can no longer be created this way.',
  });
}

/** POST act_X/campaigns. */
export function createCampaign(context: Context, account: GraphObject): JsonObject {
  const { params, world, nowMs } = context;
  requireWrite(context, account);
  const name = readName(params);
  const objective = readObjective(params);
  const categories = readCategories(params);
  refuseAdvantageShopping(params);

  const budgets = readBudgets(params);
  const hasBudget = budgets.daily !== undefined || budgets.lifetime !== undefined;
  const bidStrategy = readEnum(params, 'bid_strategy', BID_STRATEGIES);
  const sharing = readBoolean(params, 'is_adset_budget_sharing_enabled');
  if (!hasBudget && bidStrategy !== undefined) {
    throw refused({
      subcode: 1885737,
      title: 'No budget for campaign',
      blame: 'bid_strategy',
      userMessage: 'A bid strategy can only be set for a campaign that has a budget.',
    });
  }
  if (!hasBudget && sharing === undefined) {
    throw refused({
      subcode: 4834011,
      title: 'Must specify is_adset_budget_sharing_enabled',
      blame: 'is_adset_budget_sharing_enabled',
      userMessage:
        'Must specify True or False in is_adset_budget_sharing_enabled field if you are not using campaign budget.',
    });
  }
  checkMinimum({ world, account, budgets, billingEvent: 'IMPRESSIONS', days: 1 });
  const status = readCreateStatus(params);
  const schedules = readBudgetSchedules(context, null) ?? [];
  if (schedules.length > 0 && budgets.daily === undefined)
    throw invalid('budget_schedule_specs need a daily campaign budget');
  const spendCap = checkSpendCap(account, readInteger(params, 'spend_cap'));
  if (objectsOf(world, 'campaign', account.id).length >= CAMPAIGNS_PER_ACCOUNT)
    throw invalid('Too many campaigns in this account');
  if (isDryRun(params)) return { success: true };

  const campaign = makeObject(world, {
    kind: 'campaign',
    account: account.id,
    nowMs,
    status,
    data: {
      name,
      objective,
      special_ad_categories: categories,
      special_ad_category: categories[0] ?? 'NONE',
      special_ad_category_country: readTextList(params, 'special_ad_category_country'),
      buying_type: readEnum(params, 'buying_type', BUYING_TYPES) ?? 'AUCTION',
      daily_budget: budgets.daily === undefined ? undefined : String(budgets.daily),
      lifetime_budget: budgets.lifetime === undefined ? undefined : String(budgets.lifetime),
      bid_strategy: bidStrategy ?? (hasBudget ? 'LOWEST_COST_WITHOUT_CAP' : undefined),
      is_adset_budget_sharing_enabled: sharing ?? false,
      spend_cap: spendCap === '0' ? undefined : spendCap,
      start_time: readText(params, 'start_time'),
      stop_time: readText(params, 'stop_time'),
      promoted_object: readJson(params, 'promoted_object'),
      pacing_type: readTextList(params, 'pacing_type') ?? ['standard'],
      adlabels: readLabels(context, account.id),
    },
  });
  addBudgetSchedules(context, campaign, schedules);
  touch(context, campaign);
  logActivity(context, campaign, 'create_campaign_group');
  return { id: campaign.id };
}

const updateCampaign = updateWith('campaign', (context, campaign) => {
  const { params, world } = context;
  const account = accountOf(context, campaign);
  const fields: JsonObject = {};
  if (!account) return fields;

  const budgets = readBudgets(params);
  const given = budgets.daily !== undefined || budgets.lifetime !== undefined;
  if (given) {
    const holdsNone = campaign.data.daily_budget === undefined && campaign.data.lifetime_budget === undefined;
    const childHolds = childrenOf(world, campaign, 'adset').some(
      (adSet) =>
        adSet.status !== 'DELETED' &&
        (Number(adSet.data.daily_budget ?? 0) > 0 || Number(adSet.data.lifetime_budget ?? 0) > 0),
    );
    if (holdsNone && childHolds) {
      throw refused({
        subcode: 1885621,
        title: 'Budget can only be set at one level',
        userMessage: 'The ad sets of this campaign have budgets of their own.',
        blame: 'daily_budget',
      });
    }
    checkMinimum({ world, account, budgets, billingEvent: 'IMPRESSIONS', days: 1 });
    const live = childrenOf(world, campaign, 'adset').filter((one) => one.status !== 'DELETED');
    checkShared(world, account, budgets, live.length);
    fields.daily_budget = budgets.daily === undefined ? undefined : String(budgets.daily);
    fields.lifetime_budget = budgets.lifetime === undefined ? undefined : String(budgets.lifetime);
  }

  const bidStrategy = readEnum(params, 'bid_strategy', BID_STRATEGIES);
  if (bidStrategy !== undefined) {
    if (!given && campaign.data.daily_budget === undefined && campaign.data.lifetime_budget === undefined) {
      throw refused({
        subcode: 1885737,
        title: 'No budget for campaign',
        userMessage: 'A bid strategy can only be set for a campaign that has a budget.',
        blame: 'bid_strategy',
      });
    }
    fields.bid_strategy = bidStrategy;
  }
  const spendCap = checkSpendCap(account, readInteger(params, 'spend_cap'));
  if (spendCap !== undefined) fields.spend_cap = spendCap === '0' ? undefined : spendCap;
  if (params.special_ad_categories !== undefined) fields.special_ad_categories = readCategories(params);
  for (const field of ['start_time', 'stop_time'] as const) {
    if (!has(params, field)) continue;
    if (parseTime(params[field], zoneOf(world, campaign)) === null)
      throw invalid(`Param ${field} must be a valid date`);
    fields[field] = readText(params, field);
  }
  const sharing = readBoolean(params, 'is_adset_budget_sharing_enabled');
  if (sharing !== undefined) fields.is_adset_budget_sharing_enabled = sharing;
  if (has(params, 'objective')) fields.objective = changeObjective(context, campaign);
  if (has(params, 'promoted_object')) fields.promoted_object = readJson(params, 'promoted_object');
  if (has(params, 'pacing_type')) fields.pacing_type = readTextList(params, 'pacing_type');
  if (has(params, 'special_ad_category_country'))
    fields.special_ad_category_country = readTextList(params, 'special_ad_category_country');
  giveBudgetsToAdSets(context, campaign, fields);
  const schedules = readBudgetSchedules(context, campaign);
  if (schedules && !isDryRun(params)) addBudgetSchedules(context, campaign, schedules);
  return fields;
});

function changeObjective(context: Context, campaign: GraphObject): string {
  const objective = readObjective(context.params);
  const delivered = (context.world.markets[campaign.account]?.campaignSpentMinor[campaign.id] ?? 0) > 0;
  if (delivered && objective !== campaign.data.objective)
    throw invalid('The objective cannot be changed after ads were delivered');
  return objective;
}

export const CAMPAIGN: NodeType = {
  kind: 'campaign',
  typeName: 'Campaign',
  fields:
    `account_id name objective status configured_status effective_status buying_type bid_strategy daily_budget lifetime_budget
    budget_remaining spend_cap special_ad_categories special_ad_category special_ad_category_country start_time stop_time created_time
    updated_time issues_info recommendations promoted_object pacing_type is_adset_budget_sharing_enabled is_budget_schedule_enabled
    budget_rebalance_flag can_use_spend_cap can_create_brand_lift_study is_skadnetwork_attribution smart_promotion_type advantage_state_info
    source_campaign_id source_campaign last_budget_toggling_time topline_id primary_attribution boosted_object_id campaign_group_active_time
    adlabels frequency_control_specs is_meta_moment_maker_enabled is_reels_trending_ads_enabled account bid_constraints budget_schedule_specs
    has_secondary_skadnetwork_reporting iterative_split_test_configs is_message_campaign`.split(/\s+/),
  read: {
    ...COMMON_READERS,
    start_time: timeReader('start_time'),
    stop_time: timeReader('stop_time'),
    budget_remaining: budgetRemaining,
    issues_info: (context, campaign) => issuesInfo(context.world, campaign, context.nowMs),
    advantage_state_info: advantageState,
    budget_rebalance_flag: () => false,
    can_use_spend_cap: () => true,
    can_create_brand_lift_study: () => false,
    is_skadnetwork_attribution: () => false,
    is_budget_schedule_enabled: hasBudgetSchedule,
    smart_promotion_type: () => 'GUIDED_CREATION',
    source_campaign_id: (_context, campaign) => textOf(campaign, 'source_campaign_id') ?? '0',
    topline_id: () => '0',
    special_ad_category_country: (_context, campaign) => campaign.data.special_ad_category_country,
  },
  edges: {
    adsets: childEdge('adset'),
    ads: childEdge('ad'),
    insights: insightsEdge('campaign'),
    copies: copyEdge('campaign'),
    adlabels: LABEL_EDGE,
    budget_schedules: scheduleEdge,
    ad_studies: studiesOf,
    adrules_governed: governedEdge,
  },
  update: updateCampaign,
  remove: removeObject,
};
