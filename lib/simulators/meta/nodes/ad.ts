import type { Context, NodeType } from '../graph/context';
import { insightsEdge } from '../insights/edge';
import { effectiveStatus } from '../status/effective-status';
import { issuesInfo } from '../status/issues';
import { queueReview } from '../status/review';
import { requireWrite } from '../validate/access';
import { checkCreative } from '../validate/creative';
import { readLabels } from '../validate/labels';
import { readName } from '../validate/naming';
import { isDryRun, readCreateStatus, requireAlive } from '../validate/status-moves';
import { GraphError, missing, notFound, refused } from '../wire/errors';
import { has, isObject, type Params, readInteger, readJson, readObject, readText } from '../wire/params';
import { childrenOf, objectOf, textOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, JsonObject } from '../world/types';
import { createAdSet } from './adset-create';
import { copyEdge } from './copies';
import { makeCreative, refuseDevelopmentApp } from './creative';
import { readTargeting } from './effective-placements';
import { adLeads } from './leads';
import { previewEdge } from './previews';
import { governedEdge } from './rule';
import { sentenceLinesEdge } from './sentence-lines';
import {
  accountOf,
  COMMON_READERS,
  LABEL_EDGE,
  linkReader,
  logActivity,
  removeObject,
  touch,
  updateWith,
} from './shared';

const ADS_PER_ADSET = 50;

type CreativeChoice = { existing?: GraphObject; spec?: Params };

function chooseCreative(context: Context, account: GraphObject, params: Params): CreativeChoice {
  const creative = readObject(params, 'creative');
  if (creative === undefined) throw missing('creative');
  const id = creative.creative_id ?? creative.id;
  if (id === undefined) return { spec: toParams(creative) };

  const existing = objectOf(context.world, String(id), 'adcreative');
  if (!existing || existing.account !== account.id || existing.status === 'DELETED') {
    throw refused({
      subcode: 1487390,
      title: "Ad creative isn't valid",
      userMessage: `The creative ${String(id)} does not exist in this ad account.`,
      blame: 'creative',
    });
  }
  return { existing };
}

function toParams(object: JsonObject): Params {
  const params: Params = {};
  for (const [key, value] of Object.entries(object)) if (value !== undefined) params[key] = value;
  return params;
}

/** The ad set an ad belongs to: named by its id, or made with the ad from `adset_spec`. */
function adSetFor(context: Context, account: GraphObject): GraphObject {
  const spec = readObject(context.params, 'adset_spec');
  const given = readText(context.params, 'adset_id');
  const id = given ?? (spec && String(createAdSet({ ...context, params: toParams(spec) }, account).id));
  if (id === undefined) throw missing('adset_id');
  const adSet = objectOf(context.world, id, 'adset');
  if (!adSet || adSet.account !== account.id) throw notFound(id, 'POST');
  requireAlive(adSet);
  return adSet;
}

function checkFits(context: Context, adSet: GraphObject, creativeData: JsonObject): void {
  const feed = creativeData.asset_feed_spec;
  const isDynamic = feed !== undefined;
  // A feed with rules says which part goes where; without them Meta mixes the parts, and the ad set has to allow it.
  const isMixed =
    isObject(feed) &&
    feed.asset_customization_rules === undefined &&
    (feed.optimization_type ?? 'REGULAR') === 'REGULAR';
  const wantsDynamic = adSet.data.is_dynamic_creative === true;
  const ads = childrenOf(context.world, adSet, 'ad').filter((ad) => ad.status !== 'DELETED');
  if ((wantsDynamic && (!isDynamic || ads.length > 0)) || (isMixed && !wantsDynamic)) {
    throw refused({
      subcode: 1885998,
      title: 'Dynamic creative does not match',
      userMessage:
        'A dynamic creative ad set takes exactly one ad with asset_feed_spec, and only a dynamic creative ad set takes one.',
      blame: 'creative',
    });
  }
  if (ads.length >= ADS_PER_ADSET) {
    throw refused({
      subcode: 2446811,
      title: 'Too many ads',
      userMessage: `An ad set may have at most ${ADS_PER_ADSET} ads.`,
      blame: 'adset_id',
    });
  }
  const usesForm = adSet.data.destination_type === 'ON_AD';
  if (usesForm && !JSON.stringify(creativeData).includes('"lead_gen_form_id"')) {
    throw refused({
      subcode: 3390001,
      title: 'Lead form is missing',
      userMessage: 'Ads in this ad set need an instant form in their call to action.',
      blame: 'creative',
    });
  }
}

function requirePayment(account: GraphObject): void {
  if (account.data.funding_source !== undefined) return;
  throw new GraphError({
    code: 100,
    subcode: 1359188,
    message: 'Invalid parameter',
    title: 'No payment method',
    userMessage: 'Update your payment method before you create ads in this account.',
  });
}

/** POST act_X/ads. */
export function createAd(context: Context, account: GraphObject): JsonObject {
  const { params, world, nowMs } = context;
  requireWrite(context, account);
  refuseDevelopmentApp(context);
  const name = readName(params);
  const choice = chooseCreative(context, account, params);
  if (choice.spec) checkCreative(context, account, choice.spec);
  const planned = has(params, 'adset_id') ? undefined : readObject(params, 'adset_spec');
  if (planned && isDryRun(params))
    return createAdSet({ ...context, params: { ...toParams(planned), execution_options: ['validate_only'] } }, account);
  const adSet = adSetFor(context, account);
  checkFits(context, adSet, choice.existing?.data ?? { ...choice.spec });
  requirePayment(account);
  const status = readCreateStatus(params);
  const tracking = readJson(params, 'tracking_specs');
  if (isDryRun(params)) return { success: true };

  const creative = choice.existing ?? makeCreative(context, account, choice.spec ?? {});
  const ad = makeObject(world, {
    kind: 'ad',
    account: account.id,
    nowMs,
    status,
    // Deleted ads count too: the third ad ever made in an ad set stays the third.
    hidden: { indexInSet: childrenOf(world, adSet, 'ad').length },
    data: {
      name,
      adset_id: adSet.id,
      campaign_id: adSet.data.campaign_id,
      creative: { id: creative.id },
      tracking_specs: tracking ?? defaultTracking(adSet),
      conversion_domain: readText(params, 'conversion_domain'),
      bid_amount: readInteger(params, 'bid_amount'),
      display_sequence: readInteger(params, 'display_sequence'),
      ad_schedule_start_time: readText(params, 'ad_schedule_start_time'),
      ad_schedule_end_time: readText(params, 'ad_schedule_end_time'),
      adlabels: readLabels(context, account.id),
    },
  });
  queueReview(world, ad, creative, nowMs);
  adSet.hidden.significantEditMs = nowMs;
  touch(context, ad);
  logActivity(context, ad, 'create_ad');
  return { id: ad.id };
}

function defaultTracking(adSet: GraphObject): JsonObject[] {
  const promoted = adSet.data.promoted_object;
  if (!isObject(promoted) || promoted.pixel_id === undefined) return [];
  return [{ 'action.type': ['offsite_conversion'], fb_pixel: [String(promoted.pixel_id)] }];
}

const updateAd = updateWith('ad', (context, ad) => {
  const { params, world, nowMs } = context;
  const account = accountOf(context, ad);
  const fields: JsonObject = {};
  if (!account) return fields;
  if (has(params, 'tracking_specs')) fields.tracking_specs = readJson(params, 'tracking_specs');
  if (has(params, 'conversion_domain')) fields.conversion_domain = readText(params, 'conversion_domain');
  if (has(params, 'bid_amount')) fields.bid_amount = readInteger(params, 'bid_amount');
  if (!has(params, 'creative')) return fields;

  const choice = chooseCreative(context, account, params);
  if (choice.spec) checkCreative(context, account, choice.spec);
  if (isDryRun(params)) return fields;
  const creative = choice.existing ?? makeCreative(context, account, choice.spec ?? {});
  const held = isObject(ad.data.creative) ? ad.data.creative.id : undefined;
  if (held === creative.id) return fields;

  fields.creative = { id: creative.id };
  queueReview(world, ad, creative, nowMs);
  const adSet = objectOf(world, textOf(ad, 'adset_id'), 'adset');
  if (adSet) adSet.hidden.significantEditMs = nowMs;
  return fields;
});

export const AD: NodeType = {
  kind: 'ad',
  typeName: 'Adgroup',
  fields:
    `account_id campaign_id adset_id campaign adset creative name status configured_status effective_status ad_review_feedback issues_info
    failed_delivery_checks recommendations bid_type bid_amount bid_info conversion_specs tracking_specs conversion_domain targeting source_ad_id
    source_ad last_updated_by_app_id preview_shareable_link demolink_hash created_time updated_time ad_active_time adlabels special_ad_categories
    creative_asset_groups_spec placement creative_automation_spec account ad_schedule_start_time ad_schedule_end_time display_sequence
    engagement_audience priority meta_reward_adgroup_status`.split(/\s+/),
  read: {
    ...COMMON_READERS,
    campaign: linkReader('campaign_id'),
    adset: linkReader('adset_id'),
    creative: (context, ad) =>
      linkReader('id')(context, { ...ad, data: isObject(ad.data.creative) ? ad.data.creative : {} }),
    targeting: (context, ad) => readTargeting(objectOf(context.world, textOf(ad, 'adset_id'))),
    ad_review_feedback: (context, ad) =>
      effectiveStatus(context.world, ad, context.nowMs) === 'DISAPPROVED' && ad.hidden.disapproval
        ? { global: ad.hidden.disapproval }
        : undefined,
    issues_info: (context, ad) => issuesInfo(context.world, ad, context.nowMs),
    bid_type: () => 'ABSOLUTE_OCPM',
    source_ad_id: (_context, ad) => textOf(ad, 'source_ad_id') ?? '0',
    last_updated_by_app_id: (context) => context.token.appId,
    preview_shareable_link: (context, ad) =>
      `${context.host.publicUrl()}/_preview/${isObject(ad.data.creative) ? String(ad.data.creative.id) : ad.id}`,
    conversion_specs: (context, ad) => {
      const goal = textOf(objectOf(context.world, textOf(ad, 'adset_id')), 'optimization_goal');
      return [{ 'action.type': [goal === 'LINK_CLICKS' ? 'link_click' : 'offsite_conversion'] }];
    },
  },
  edges: {
    insights: insightsEdge('ad'),
    previews: previewEdge,
    copies: copyEdge('ad'),
    adlabels: LABEL_EDGE,
    targetingsentencelines: sentenceLinesEdge,
    leads: adLeads,
    adrules_governed: governedEdge,
    adcreatives: {
      objects: (context, ad) => {
        const creative = isObject(ad.data.creative) ? objectOf(context.world, String(ad.data.creative.id)) : null;
        return creative ? [creative] : [];
      },
    },
  },
  update: updateAd,
  remove: removeObject,
};
