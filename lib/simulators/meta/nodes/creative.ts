import type { Context, FieldReader, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { checkCreative, imageByHash } from '../validate/creative';
import { readLabels } from '../validate/labels';
import { isDryRun } from '../validate/status-moves';
import { GraphError, refused } from '../wire/errors';
import { has, isObject, type Params, readJson, readText } from '../wire/params';
import { newId } from '../world/ids';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, JsonObject } from '../world/types';
import { previewEdge } from './previews';
import { accountOf, COMMON_READERS, LABEL_EDGE, touch, updateWith } from './shared';

const TEXT_FIELDS = [
  'name',
  'title',
  'body',
  'image_hash',
  'image_url',
  'link_url',
  'object_story_id',
  'object_url',
  'object_id',
  'url_tags',
  'instagram_user_id',
  'source_instagram_media_id',
  'authorization_category',
  'applink_treatment',
  'product_set_id',
  'object_type',
  'template_url',
  'categorization_criteria',
] as const;
const JSON_FIELDS = [
  'object_story_spec',
  'asset_feed_spec',
  'degrees_of_freedom_spec',
  'contextual_multi_ads',
  'template_url_spec',
  'platform_customizations',
  'portrait_customizations',
  'image_crops',
  'call_to_action',
  'branded_content',
  'media_sourcing_spec',
  'creative_sourcing_spec',
  'interactive_components_spec',
] as const;
const IMMUTABLE = [...TEXT_FIELDS.filter((field) => field !== 'name'), ...JSON_FIELDS];

function storyData(creative: GraphObject): JsonObject {
  const spec = creative.data.object_story_spec;
  if (!isObject(spec)) return {};
  const data = spec.link_data ?? spec.video_data ?? spec.photo_data;
  return isObject(data) ? data : {};
}

function storyReader(...keys: string[]): FieldReader {
  return (_context, creative) => {
    const data = storyData(creative);
    for (const key of keys) if (data[key] !== undefined) return data[key];
    return undefined;
  };
}

/** Makes a creative from the parameters of `adcreatives` or from a spec inside an ad. */
export function makeCreative(context: Context, account: GraphObject, params: Params): GraphObject {
  checkCreative(context, account, params);
  const data: JsonObject = {};
  for (const field of TEXT_FIELDS) if (has(params, field)) data[field] = readText(params, field);
  for (const field of JSON_FIELDS) if (has(params, field)) data[field] = readJson(params, field);
  data.adlabels = readLabels(context, account.id, params);
  const story = data.object_story_spec;
  const page = isObject(story) ? String(story.page_id) : undefined;
  if (page !== undefined) {
    data.actor_id = page;
    data.effective_object_story_id = `${page}_${newId(context.world, 'advideo')}`;
  }
  return makeObject(context.world, { kind: 'adcreative', account: account.id, nowMs: context.nowMs, data });
}

/** POST act_X/adcreatives. */
export function createCreative(context: Context, account: GraphObject): JsonObject {
  requireWrite(context, account);
  refuseDevelopmentApp(context);
  if (isDryRun(context.params)) {
    checkCreative(context, account, context.params);
    return { success: true };
  }
  const creative = makeCreative(context, account, context.params);
  touch(context, creative);
  return { id: creative.id };
}

export function refuseDevelopmentApp(context: Context): void {
  if (!context.host.apps.get(context.token.appId)?.isInDevelopment) return;
  throw refused({
    subcode: 1885183,
    title: 'Ads creative post was created by an app that is in development mode',
    userMessage:
      'Ads creative post was created by an app that is in development mode. It must be in public to create this ad.',
  });
}

const updateCreative = updateWith('creative', (context) => {
  const changed = IMMUTABLE.find((field) => has(context.params, field));
  if (changed !== undefined) {
    throw refused({
      subcode: 1815573,
      title: "Creative can't be edited",
      userMessage: `The field ${changed} of an existing creative can't be changed. Create a new creative.`,
      blame: changed,
    });
  }
  return {};
});

function removeCreative(context: Context, creative: GraphObject): JsonObject {
  requireWrite(context, accountOf(context, creative));
  const isUsed = objectsOf(context.world, 'ad', creative.account).some(
    (ad) => ad.status !== 'DELETED' && isObject(ad.data.creative) && ad.data.creative.id === creative.id,
  );
  if (isUsed) {
    throw new GraphError({
      code: 200,
      subcode: 1487235,
      status: 400,
      message: '(#200) Creative is in use',
      title: 'Creative is in use',
      userMessage: "This creative is used by an ad and can't be deleted.",
    });
  }
  creative.status = 'DELETED';
  touch(context, creative);
  return { success: true };
}

export const ADCREATIVE: NodeType = {
  kind: 'adcreative',
  typeName: 'AdCreative',
  fields:
    `account_id actor_id adlabels applink_treatment asset_feed_spec authorization_category body branded_content call_to_action
    call_to_action_type categorization_criteria contextual_multi_ads created_time creative_sourcing_spec degrees_of_freedom_spec description
    destination_set_id effective_authorization_category effective_instagram_media_id effective_instagram_story_id effective_object_story_id
    enable_direct_install enable_launch_instant_app existing_post_title facebook_branded_content generative_asset_spec image_crops image_hash
    image_url instagram_actor_id instagram_permalink_url instagram_story_id instagram_user_id interactive_components_spec
    link_deep_link_url link_destination_display_url link_og_id link_url media_sourcing_spec messenger_sponsored_message name object_id
    object_store_url object_story_id object_story_spec object_type object_url page_link page_message place_page_set_id platform_customizations
    portrait_customizations product_set_id recommender_settings referral_id source_facebook_post_id source_instagram_media_id status
    template_url template_url_spec thumbnail_id thumbnail_url title url_tags use_page_actor_override video_id product_data account
    product_suggestion_settings playable_asset_id photo_album_source_object_story_id ad_disclaimer_spec`.split(/\s+/),
  defaultFields: ['id'],
  read: {
    account_id: COMMON_READERS.account_id ?? (() => undefined),
    account: COMMON_READERS.account ?? (() => undefined),
    adlabels: COMMON_READERS.adlabels ?? (() => undefined),
    status: (_context, creative) => creative.status,
    name: (_context, creative) => creative.data.name ?? `Creative ${creative.id}`,
    body: (context, creative) => creative.data.body ?? storyReader('message')(context, creative),
    title: (context, creative) => creative.data.title ?? storyReader('name', 'title')(context, creative),
    image_hash: (context, creative) => creative.data.image_hash ?? storyReader('image_hash')(context, creative),
    video_id: storyReader('video_id'),
    image_url: (context, creative) => imageUrl(context, creative),
    thumbnail_url: (context, creative) => imageUrl(context, creative),
    call_to_action_type: (_context, creative) => {
      const action = storyData(creative).call_to_action;
      return isObject(action) ? action.type : undefined;
    },
    object_type: (_context, creative) => creative.data.object_type ?? objectType(creative),
    effective_authorization_category: () => 'NONE',
    enable_direct_install: () => false,
    instagram_user_id: (_context, creative) => {
      const spec = creative.data.object_story_spec;
      return creative.data.instagram_user_id ?? (isObject(spec) ? spec.instagram_user_id : undefined);
    },
  },
  edges: { previews: previewEdge, adlabels: LABEL_EDGE },
  update: updateCreative,
  remove: removeCreative,
};

function objectType(creative: GraphObject): string {
  const spec = creative.data.object_story_spec;
  if (isObject(spec) && spec.video_data !== undefined) return 'VIDEO';
  return isObject(spec) && spec.photo_data !== undefined ? 'PHOTO' : 'SHARE';
}

function imageUrl(context: Context, creative: GraphObject) {
  const data = storyData(creative);
  const hash = creative.data.image_hash ?? data.image_hash;
  const account = accountOf(context, creative);
  const image = hash !== undefined && account ? imageByHash(context, account, String(hash)) : undefined;
  if (image) return `${context.host.publicUrl()}/_images/${String(image.data.hash)}`;
  return data.picture ?? data.image_url;
}
