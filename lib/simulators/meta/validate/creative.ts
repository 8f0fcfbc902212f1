import type { Context } from '../graph/context';
import { GraphError, invalid, refused } from '../wire/errors';
import { isObject, type Params, readObject, readText } from '../wire/params';
import { objectOf, objectsOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { CALLS_TO_ACTION } from './enums';

const CTA_KEYS = new Set([
  'link',
  'link_caption',
  'link_format',
  'link_title',
  'link_description',
  'app_link',
  'app_destination',
  'application',
  'lead_gen_form_id',
  'page',
  'event_id',
  'product_link',
  'whatsapp_number',
  'android_url',
  'ios_url',
  'object_store_urls',
  'phone_number',
]);
const SPEC_KEYS = new Set([
  'page_id',
  'instagram_user_id',
  'instagram_actor_id',
  'link_data',
  'video_data',
  'photo_data',
  'text_data',
  'template_data',
  'product_data',
]);

/** Checks what a creative shows and where it leads; throws the API's own refusals. */
export function checkCreative(context: Context, account: GraphObject, params: Params): void {
  const story = readObject(params, 'object_story_spec');
  const feed = readObject(params, 'asset_feed_spec');
  const hasSource = [
    'object_story_id',
    'source_instagram_media_id',
    'image_hash',
    'object_id',
    'product_set_id',
    'object_url',
    'link_url',
  ].some((key) => readText(params, key) !== undefined);
  if (!story && !feed && !hasSource) {
    throw refused({
      subcode: 1443048,
      title: 'Creative is empty',
      userMessage: 'The creative needs object_story_spec, object_story_id or asset_feed_spec.',
      blame: 'object_story_spec',
    });
  }
  if (story) checkStory(context, account, story, feed !== undefined);
  if (feed) checkFeed(context, account, feed);
  const hash = readText(params, 'image_hash');
  if (hash !== undefined) checkImage(context, account, hash);
  checkCrops(readObject(params, 'image_crops'));
  checkFeatures(params);
}

function checkStory(context: Context, account: GraphObject, story: JsonObject, isFeed: boolean): void {
  for (const key of Object.keys(story)) {
    if (!SPEC_KEYS.has(key))
      throw refused({
        subcode: 1443048,
        title: 'object_story_spec is ill-formed',
        userMessage: `The field ${key} is not supported in object_story_spec.`,
        blame: 'object_story_spec',
      });
  }
  checkPage(context, story.page_id);
  // Replaced by instagram_user_id and gone since January 2026.
  if (story.instagram_actor_id !== undefined)
    throw invalid('Param instagram_actor_id must be a valid Instagram account id');
  const instagram = story.instagram_user_id;
  if (instagram !== undefined && !objectOf(context.world, String(instagram), 'instagram')) {
    throw refused({
      subcode: 1772103,
      title: 'Instagram account is missing',
      userMessage: 'The Instagram account does not exist or is not connected to the Page.',
      blame: 'instagram_user_id',
    });
  }
  const contents = ['link_data', 'video_data', 'photo_data', 'text_data', 'template_data'].filter(
    (key) => story[key] !== undefined,
  );
  if (contents.length > 1 || (contents.length === 0 && !isFeed)) {
    throw refused({
      subcode: 1443048,
      title: 'object_story_spec is ill-formed',
      userMessage: 'Exactly one of link_data, video_data, photo_data, text_data and template_data must be given.',
      blame: 'object_story_spec',
    });
  }
  if (isObject(story.link_data)) checkLink(context, account, story.link_data);
  if (isObject(story.video_data)) checkVideo(context, account, story.video_data);
  if (isObject(story.photo_data) && story.photo_data.title !== undefined) {
    throw refused({
      subcode: 1443050,
      title: 'Photo has no title',
      userMessage: 'photo_data does not take a title.',
      blame: 'object_story_spec',
    });
  }
}

function checkPage(context: Context, value: Json | undefined): void {
  const page = objectOf(context.world, value === undefined ? undefined : String(value), 'page');
  const tasks = page?.data.tasks;
  if (page && Array.isArray(tasks) && tasks.includes('ADVERTISE')) return;
  throw refused({
    subcode: 1443121,
    title: 'Facebook Page is missing',
    userMessage: 'Ads need a Facebook Page that you may advertise for. Set page_id in object_story_spec.',
    blame: 'object_story_spec',
  });
}

function isWebAddress(value: Json | undefined): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^(https?|tel):/.test(value);
}

function checkLink(context: Context, account: GraphObject, link: JsonObject): void {
  if (link.link === undefined || link.link === '') {
    throw refused({
      subcode: 2061015,
      title: 'Link is required',
      userMessage: 'The field link is required in link_data.',
      blame: 'link',
    });
  }
  if (!isWebAddress(link.link)) {
    throw refused({
      subcode: 1609005,
      title: 'Link is not valid',
      userMessage: `The address ${String(link.link)} cannot be used as a link.`,
      blame: 'link',
    });
  }
  if (link.picture !== undefined && !isWebAddress(link.picture))
    throw refused({
      subcode: 3858258,
      title: "Image wasn't downloaded",
      userMessage: 'The image address could not be read.',
      blame: 'picture',
    });
  if (link.image_hash !== undefined) checkImage(context, account, String(link.image_hash));
  checkCrops(link.image_crops);
  checkCallToAction(context, link.call_to_action);

  const cards = link.child_attachments;
  if (cards === undefined) return;
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10)
    throw invalid('Param child_attachments must have 2 to 10 elements');
  for (const card of cards) {
    if (!isObject(card) || !isWebAddress(card.link))
      throw refused({
        subcode: 2061015,
        title: 'Link is required',
        userMessage: 'Every card of a carousel needs a link.',
        blame: 'child_attachments',
      });
    if (card.image_hash !== undefined) checkImage(context, account, String(card.image_hash));
    checkCallToAction(context, card.call_to_action);
  }
}

const CROPS = ['100x100', '100x72', '400x500', '400x150', '600x360', '90x160'];

function checkCrops(crops: Json | undefined): void {
  if (crops === undefined) return;
  if (!isObject(crops)) throw invalid('Param image_crops must be a JSON object');
  const wrong = Object.keys(crops).find((key) => !CROPS.includes(key));
  if (wrong === undefined) return;
  if (wrong !== '191x100') throw invalid(`Param image_crops must have keys of {${CROPS.join(', ')}}`);
  throw refused({
    subcode: 2490085,
    title: 'Image crop is no longer available',
    userMessage: 'The crop 191x100 is no longer supported.',
    blame: 'image_crops',
  });
}

function checkVideo(context: Context, account: GraphObject, video: JsonObject): void {
  if (video.image_hash === undefined && video.image_url === undefined) {
    throw refused({
      subcode: 1443226,
      title: 'Video needs a thumbnail',
      userMessage: 'Please specify one of image_hash or image_url in video_data.',
      blame: 'video_data',
    });
  }
  if (video.image_hash !== undefined) checkImage(context, account, String(video.image_hash));
  if (!objectOf(context.world, String(video.video_id ?? ''), 'advideo'))
    throw invalid('Param video_data[video_id] must be a valid video');
  checkCallToAction(context, video.call_to_action);
}

/** Images are found by their hash in the account. */
export function imageByHash(context: Context, account: GraphObject, hash: string): GraphObject | undefined {
  return objectsOf(context.world, 'adimage', account.id).find(
    (image) => image.data.hash === hash && image.status !== 'DELETED',
  );
}

function checkImage(context: Context, account: GraphObject, hash: string): void {
  if (imageByHash(context, account, hash)) return;
  throw refused({
    subcode: 2446386,
    title: 'Image not found',
    userMessage: `The image with the hash ${hash} does not exist in this ad account.`,
    blame: 'image_hash',
  });
}

function checkCallToAction(context: Context, action: Json | undefined): void {
  if (action === undefined) return;
  if (!isObject(action) || typeof action.type !== 'string') throw invalid('Param call_to_action must be {type, value}');
  if (!CALLS_TO_ACTION.has(action.type))
    throw invalid(`Param call_to_action[type] must be one of {${[...CALLS_TO_ACTION].join(', ')}}`);

  const value = isObject(action.value) ? action.value : {};
  const unknown = Object.keys(value).find((key) => !CTA_KEYS.has(key));
  if (unknown !== undefined) {
    throw new GraphError({
      code: 105,
      subcode: 1815630,
      message: `(#105) The field ${unknown} is not supported in call_to_action.value`,
      status: 400,
      title: 'Too many parameters',
    });
  }
  if (
    value.lead_gen_form_id !== undefined &&
    objectOf(context.world, String(value.lead_gen_form_id), 'leadform')?.status !== 'ACTIVE'
  ) {
    throw refused({
      subcode: 3390001,
      title: 'Lead form is missing',
      userMessage: 'The instant form does not exist or is not active.',
      blame: 'call_to_action',
    });
  }
}

const FEED_LIMITS: Record<string, number> = {
  bodies: 5,
  titles: 5,
  descriptions: 5,
  images: 10,
  videos: 10,
  call_to_action_types: 5,
};

function checkFeed(context: Context, account: GraphObject, feed: JsonObject): void {
  for (const [key, most] of Object.entries(FEED_LIMITS)) {
    const items = feed[key];
    if (Array.isArray(items) && items.length > most)
      throw invalid(`Param asset_feed_spec[${key}] must have at most ${most} elements`);
  }
  for (const image of Array.isArray(feed.images) ? feed.images : []) {
    if (isObject(image) && image.hash !== undefined) checkImage(context, account, String(image.hash));
  }
}

function checkFeatures(params: Params): void {
  const spec = readObject(params, 'degrees_of_freedom_spec');
  const features = isObject(spec?.creative_features_spec) ? spec.creative_features_spec : {};
  if (features.standard_enhancements !== undefined) {
    throw refused({
      subcode: 3858504,
      title: 'standard_enhancements is no longer supported',
      userMessage: 'Opt in to or out of each enhancement by itself.',
      blame: 'degrees_of_freedom_spec',
    });
  }
  for (const [name, feature] of Object.entries(features)) {
    const status = isObject(feature) ? feature.enroll_status : undefined;
    if (status === 'OPT_IN' || status === 'OPT_OUT') continue;
    throw refused({
      subcode: 3858355,
      title: 'Creative feature is invalid',
      userMessage: `The feature ${name} needs enroll_status OPT_IN or OPT_OUT.`,
      blame: 'degrees_of_freedom_spec',
    });
  }
}
