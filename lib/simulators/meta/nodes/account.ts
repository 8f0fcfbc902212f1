import { accountClock } from '../../market/market';
import { audienceSize } from '../delivery/audience';
import { marketOf } from '../delivery/catch-up';
import type { Context, Edge, NodeType } from '../graph/context';
import { insightsEdge } from '../insights/edge';
import { estimateBody, reachBody } from '../search/estimates';
import { allInterests, searchInterests, suggestInterests, validateInterests } from '../search/interests';
import { effectiveStatus } from '../status/effective-status';
import { requireWrite } from '../validate/access';
import { minimumBudgets } from '../validate/budget';
import { readName } from '../validate/common';
import { invalid, missing } from '../wire/errors';
import {
  has,
  isObject,
  type Params,
  readInteger,
  readList,
  readNumber,
  readObject,
  readText,
  readTextList,
} from '../wire/params';
import { currencyOf, objectsOf, textOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { minorPerMajor } from '../world/money';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject, ObjectKind } from '../world/types';
import { createAd } from './ad';
import { createAdSet } from './adset';
import { audienceEdge, conversionEdge } from './audiences';
import { createCampaign } from './campaign';
import { createCreative } from './creative';
import { imageEdge } from './image';
import { generatePreviewEdge } from './previews';
import { ruleEdge } from './rule';
import { byLabelEdge, logActivity, touch } from './shared';

const DAY_MS = 86_400_000;
const CAPS_PER_DAY_MS = DAY_MS;

function listOf(kind: ObjectKind): Edge['objects'] {
  return (context, account) => objectsOf(context.world, kind, account.id);
}

const labelEdge: Edge = {
  objects: listOf('adlabel'),
  defaultFields: ['id', 'name'],
  create: (context, account) => {
    requireWrite(context, account);
    const name = readName(context.params);
    const known = objectsOf(context.world, 'adlabel', account.id).find((label) => label.data.name === name);
    const label =
      known ??
      makeObject(context.world, { kind: 'adlabel', account: account.id, nowMs: context.nowMs, data: { name } });
    touch(context, label);
    return { id: label.id };
  },
};

/** Videos are taken as they come and are ready at once; their bytes are not kept. */
const videoEdge: Edge = {
  objects: listOf('advideo'),
  create: (context, account) => {
    requireWrite(context, account);
    const file = context.call.files[0];
    if (!file && !has(context.params, 'file_url')) throw missing('file_url');
    const title = readText(context.params, 'title') ?? readText(context.params, 'name') ?? file?.name;
    const video = makeObject(context.world, {
      kind: 'advideo',
      account: account.id,
      nowMs: context.nowMs,
      data: { title },
    });
    touch(context, video);
    return { id: video.id };
  },
};

const bulkDelete: Edge['remove'] = (context, account) => {
  requireWrite(context, account);
  const strategy = readText(context.params, 'delete_strategy');
  if (strategy === undefined) throw missing('delete_strategy');
  const count = readInteger(context.params, 'object_count') ?? 100;
  const found = objectsOf(context.world, 'campaign', account.id)
    .filter((campaign) => campaign.status !== 'DELETED')
    .slice(0, count);
  for (const campaign of found) {
    campaign.status = 'DELETED';
    campaign.statusMs = context.nowMs;
    touch(context, campaign);
  }
  return { objects_left_to_delete_count: 0, deleted_object_ids: found.map((campaign) => campaign.id) };
};

const activityEdge: Edge = {
  answer: (context, account, params) => {
    const zone = textOf(account, 'timezone_name') ?? 'UTC';
    const since = Number(readText(params, 'since') ?? Math.floor((context.nowMs - 7 * DAY_MS) / 1000)) * 1000;
    const until = Number(readText(params, 'until') ?? Math.ceil(context.nowMs / 1000)) * 1000;
    const limit = readInteger(params, 'limit') ?? 25;
    const found = context.world.activities.filter(
      (one) => one.account === account.id && one.atMs >= since && one.atMs <= until,
    );
    const data = found
      .reverse()
      .slice(0, limit)
      .map(
        (one): JsonObject => ({
          event_time: formatTime(one.atMs, 'UTC'),
          event_type: one.eventType,
          translated_event_type: one.eventType.replace(/_/g, ' '),
          object_id: one.objectId,
          object_name: one.objectName,
          object_type: one.objectType,
          actor_id: context.world.userId,
          actor_name: one.actorName,
          application_id: context.token.appId,
          extra_data: JSON.stringify(one.extra),
          date_time_in_timezone: formatTime(one.atMs, zone),
        }),
      );
    return { data };
  },
};

function targetingOf(params: Params): JsonObject {
  const spec = readObject(params, 'targeting_spec');
  if (spec === undefined) throw missing('targeting_spec');
  return spec;
}

const deliveryEstimate: Edge = {
  answer: (_context, _account, params) => {
    if (!has(params, 'optimization_goal')) throw missing('optimization_goal');
    return { data: [estimateBody(audienceSize(targetingOf(params)))] };
  },
};

const reachEstimate: Edge = {
  answer: (_context, _account, params) => ({ data: reachBody(audienceSize(targetingOf(params))) }),
};

const minimumBudgetEdge: Edge = {
  answer: (context, account) => {
    const minimums = minimumBudgets(context.world, account);
    return {
      data: [
        {
          currency: currencyOf(context.world, account),
          min_daily_budget_imp: minimums.impressions,
          min_daily_budget_high_freq: minimums.high,
          min_daily_budget_low_freq: minimums.low,
          min_daily_budget_video_views: minimums.high,
        },
      ],
    };
  },
};

const targetingSearch: Edge = {
  answer: (_context, _account, params) => {
    if (!has(params, 'q')) throw missing('q');
    return { data: searchInterests(readText(params, 'q') ?? '').slice(0, readInteger(params, 'limit') ?? 25) };
  },
};

const targetingValidation: Edge = {
  answer: (_context, _account, params) => {
    const listed = (readList(params, 'targeting_list') ?? []).filter(isObject).map((one) => String(one.id ?? one.name));
    const names = [...listed, ...(readTextList(params, 'id_list') ?? []), ...(readTextList(params, 'name_list') ?? [])];
    return { data: validateInterests(names) };
  },
};

const volumeEdge: Edge = {
  answer: (context, account) => {
    const running = objectsOf(context.world, 'ad', account.id).filter((ad) =>
      ['ACTIVE', 'PENDING_REVIEW', 'IN_PROCESS'].includes(effectiveStatus(context.world, ad, context.nowMs)),
    );
    const page = objectsOf(context.world, 'page')[0];
    return {
      data: [
        {
          ads_running_or_in_review_count: running.length,
          limit_on_ads_running_or_in_review: 250,
          current_account_ads_running_or_in_review_count: running.length,
          actor_id: page?.id,
          actor_name: textOf(page, 'name'),
        },
      ],
    };
  },
};

const featureEdge: Edge = {
  answer: (_context, account) => ({
    data: Array.isArray(account.data.insights_features) ? account.data.insights_features : [],
  }),
};

function updateAccount(context: Context, account: GraphObject): JsonObject {
  requireWrite(context, account);
  const { params } = context;
  for (const field of ['name', 'default_dsa_payor', 'default_dsa_beneficiary'] as const)
    if (has(params, field)) account.data[field] = readText(params, field);
  changeSpendCap(context, account);
  touch(context, account);
  return { success: true };
}

/** Unlike every other budget the account's cap is written in major units and read in minor ones. */
function changeSpendCap(context: Context, account: GraphObject): void {
  const action = readText(context.params, 'spend_cap_action');
  const cap = readNumber(context.params, 'spend_cap');
  if (action === undefined && cap === undefined) return;
  const recent = (account.hidden.budgetEditsMs ?? []).filter((at) => context.nowMs - at < CAPS_PER_DAY_MS);
  if (recent.length >= 10) throw invalid('The spend cap can be changed at most 10 times a day');
  account.hidden.budgetEditsMs = [...recent, context.nowMs];

  if (action === 'delete') account.data.spend_cap = '0';
  else if (cap !== undefined)
    account.data.spend_cap = String(Math.round(cap * minorPerMajor(currencyOf(context.world, account))));
  logActivity(context, account, 'ad_account_update_spend_limit', { new_value: account.data.spend_cap });
}

export const ADACCOUNT: NodeType = {
  kind: 'adaccount',
  typeName: 'AdAccount',
  fields:
    `account_id name account_status disable_reason currency timezone_id timezone_name timezone_offset_hours_utc amount_spent balance spend_cap
    min_daily_budget min_campaign_group_spend_cap age created_time business business_name business_city business_state business_street business_street2
    business_zip business_country_code owner funding_source funding_source_details is_prepay_account is_personal is_notifications_enabled capabilities
    all_capabilities user_tasks tos_accepted user_tos_accepted default_dsa_payor default_dsa_beneficiary attribution_spec
    is_attribution_spec_system_default failed_delivery_checks has_page_authorized_adaccount opportunity_score opportunity_score_weight tax_id
    tax_id_status tax_id_type user_access_expire_time end_advertiser end_advertiser_name media_agency partner rf_spec io_number agency_client_declaration
    can_create_brand_lift_study has_migrated_permissions is_direct_deals_enabled is_in_3ds_authorization_enabled_market offsite_pixels_tos_accepted
    liable_address send_bill_to_address sold_to_address show_checkout_experience line_numbers fb_entity id ad_account_promotable_objects
    custom_audience_info existing_customers expired_funding_source_details extended_credit_invoice_group viewable_business
    is_ba_skip_delayed_eligible marketing_messages_settings brand_safety_content_filter_levels_configured`.split(/\s+/),
  defaultFields: ['account_id', 'id'],
  read: {
    account_id: (_context, account) => account.id.replace('act_', ''),
    amount_spent: (context, account) => String(marketOf(context.world, account).spentMinor),
    balance: (context, account) => String(marketOf(context.world, account).spentMinor % 2500),
    timezone_offset_hours_utc: (context, account) =>
      accountClock(textOf(account, 'timezone_name') ?? 'UTC').offsetMinutes(context.nowMs) / 60,
    age: (context, account) => Math.round(((context.nowMs - account.createdMs) / DAY_MS) * 100) / 100,
    created_time: (_context, account) => formatTime(account.createdMs, textOf(account, 'timezone_name') ?? 'UTC'),
    attribution_spec: () => [
      { event_type: 'CLICK_THROUGH', window_days: 7 },
      { event_type: 'VIEW_THROUGH', window_days: 1 },
    ],
    is_attribution_spec_system_default: () => true,
    failed_delivery_checks: (_context, account) =>
      account.data.funding_source === undefined
        ? [
            {
              check_name: 'no_payment_method',
              summary: 'No payment method',
              description: 'Add a payment method to run ads.',
            },
          ]
        : [],
    has_page_authorized_adaccount: () => true,
    opportunity_score: () => 78,
    end_advertiser: (_context, account) => account.data.owner,
    media_agency: () => 'NONE',
    partner: () => 'NONE',
    user_tos_accepted: (_context, account) => account.data.tos_accepted,
  },
  edges: {
    campaigns: { objects: listOf('campaign'), create: createCampaign, remove: bulkDelete },
    adsets: { objects: listOf('adset'), create: createAdSet },
    ads: { objects: listOf('ad'), create: createAd },
    adcreatives: { objects: listOf('adcreative'), create: createCreative },
    adimages: imageEdge,
    advideos: videoEdge,
    adlabels: labelEdge,
    campaignsbylabels: byLabelEdge('campaign'),
    adsetsbylabels: byLabelEdge('adset'),
    adsbylabels: byLabelEdge('ad'),
    adcreativesbylabels: byLabelEdge('adcreative'),
    adrules_library: ruleEdge,
    adrules_history: {
      answer: (context, account) => ({
        data: objectsOf(context.world, 'adrule', account.id).flatMap((rule) =>
          Array.isArray(rule.data.history) ? rule.data.history : [],
        ),
      }),
    },
    insights: insightsEdge('account'),
    'feature-settings': featureEdge,
    activities: activityEdge,
    adspixels: { objects: listOf('pixel'), defaultFields: ['id'] },
    customconversions: conversionEdge,
    customaudiences: audienceEdge,
    saved_audiences: { objects: () => [] },
    ad_studies: { objects: () => [] },
    generatepreviews: generatePreviewEdge,
    delivery_estimate: deliveryEstimate,
    reachestimate: reachEstimate,
    minimum_budgets: minimumBudgetEdge,
    max_bid: {
      answer: (context, account) => ({ data: [{ max_bid: 1000 * minorPerMajor(currencyOf(context.world, account)) }] }),
    },
    targetingsearch: targetingSearch,
    targetingbrowse: { answer: () => ({ data: allInterests() }) },
    targetingsuggestions: {
      answer: (_context, _account, params) => ({
        data: suggestInterests(
          (readList(params, 'targeting_list') ?? []).filter(isObject).map((one) => String(one.id)),
        ),
      }),
    },
    targetingvalidation: targetingValidation,
    targetingsentencelines: { answer: () => ({ targetingsentencelines: [] }) },
    promote_pages: { objects: (context) => objectsOf(context.world, 'page'), defaultFields: ['id', 'name'] },
    connected_instagram_accounts: {
      objects: (context) => objectsOf(context.world, 'instagram'),
      defaultFields: ['id'],
    },
    instagram_accounts: { objects: (context) => objectsOf(context.world, 'instagram'), defaultFields: ['id'] },
    ads_volume: volumeEdge,
    advertisable_applications: { objects: () => [] },
    users: { objects: (context) => objectsOf(context.world, 'user'), defaultFields: ['id', 'name'] },
    assigned_users: { objects: (context) => objectsOf(context.world, 'user'), defaultFields: ['id', 'name'] },
    account_controls: { answer: () => ({ data: [] }) },
    dsa_recommendations: {
      answer: (_context, account) => ({ data: [{ recommendations: [account.data.business_name ?? ''] }] }),
    },
    recommendations: { answer: () => ({ data: [] }) },
  },
  update: updateAccount,
};
