import { accountClock } from '../../market/market';
import { marketOf } from '../delivery/catch-up';
import type { Context, Edge, NodeType } from '../graph/context';
import { insightsEdge } from '../insights/edge';
import { allInterests, suggestInterests } from '../search/interests';
import { requireWrite } from '../validate/access';
import { GraphError, invalid } from '../wire/errors';
import { has, isObject, readEnum, readList, readNumber, readText } from '../wire/params';
import { currencyOf, objectsOf, textOf } from '../world/live-world';
import { minorPerMajor } from '../world/money';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject, ObjectKind } from '../world/types';
import {
  deliveryEstimate,
  minimumBudgetEdge,
  reachEstimate,
  targetingSearch,
  targetingValidation,
  volumeEdge,
} from './account-estimates';
import { activityEdge } from './activities';
import { createAd } from './ad';
import { asyncBatchEdge, requestSetEdge } from './ad-request-set';
import { studiesOf } from './ad-study';
import { createAdSet } from './adset-create';
import { audienceEdge, conversionEdge } from './audiences';
import { bulkDelete } from './bulk-delete';
import { createCampaign } from './campaign';
import { createCreative } from './creative';
import { imageEdge } from './image';
import { labelEdge } from './label-edge';
import { pixelEdge } from './pixel';
import { generatePreviewEdge } from './previews';
import { ruleEdge, ruleHistoryEdge } from './rule';
import { sentenceLinesEdge } from './sentence-lines';
import { byLabelEdge, logActivity, touch } from './shared';
import { videoEdge } from './video';

const DAY_MS = 86_400_000;
const CAPS_PER_DAY_MS = DAY_MS;

function listOf(kind: ObjectKind): Edge['objects'] {
  return (context, account) => objectsOf(context.world, kind, account.id);
}

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
  if (recent.length >= 10)
    throw new GraphError({
      code: 17,
      subcode: 1885172,
      message: '(#17) User request limit reached',
      title: 'Too many changes of the spending limit',
      userMessage: "You've changed the account spending limit too often. It can be changed 10 times a day.",
    });
  const known = action === undefined ? undefined : readEnum(context.params, 'spend_cap_action', ['RESET', 'DELETE']);
  if (cap !== undefined && cap < 0) throw invalid('Param spend_cap must not be negative');
  account.hidden.budgetEditsMs = [...recent, context.nowMs];

  // A reset counts spending anew; the cap itself stays.
  if (known === 'RESET') account.hidden.capBaseMinor = marketOf(context.world, account).spentMinor;
  if (known === 'DELETE') account.data.spend_cap = '0';
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
    amount_spent: (context, account) =>
      String(marketOf(context.world, account).spentMinor - (account.hidden.capBaseMinor ?? 0)),
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
    adrules_history: ruleHistoryEdge,
    insights: insightsEdge('account'),
    activities: activityEdge,
    adspixels: pixelEdge,
    customconversions: conversionEdge,
    customaudiences: audienceEdge,
    saved_audiences: { objects: () => [] },
    ad_studies: studiesOf,
    asyncadrequestsets: requestSetEdge,
    async_batch_requests: asyncBatchEdge,
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
    targetingsentencelines: sentenceLinesEdge,
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
