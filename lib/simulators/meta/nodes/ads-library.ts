import { accountClock } from '../../market/market';
import type { Context } from '../graph/context';
import { GraphError, invalid, missing } from '../wire/errors';
import { has, isObject, readInteger, readTextList } from '../wire/params';
import { deliveryOf, objectOf, objectsOf, textOf } from '../world/live-world';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject } from '../world/types';

/**
 * GET /ads_archive. Refused until the person has confirmed who they are (the admin interface sets
 * `identity_confirmed` on the user); then it shows this world's own ads that were delivered.
 */
export function adsLibrary(context: Context): JsonObject {
  const { params, world } = context;
  const countries = readTextList(params, 'ad_reached_countries');
  if (!countries || countries.length === 0) throw missing('ad_reached_countries');
  if (!has(params, 'search_terms') && !has(params, 'search_page_ids'))
    throw invalid('Either search_terms or search_page_ids is required');
  if (world.objects[world.userId]?.data.identity_confirmed !== true)
    throw new GraphError({
      code: 10,
      subcode: 2332002,
      message: '(#10) Application does not have permission for this action',
      title: 'App role required',
      userMessage:
        'To access the API you will need to follow the steps at facebook.com/ads/library/api and confirm your identity.',
    });
  const shown = objectsOf(world, 'ad')
    .map((ad) => entryOf(context, ad))
    .filter((entry) => entry !== null);
  return { data: shown.slice(0, readInteger(params, 'limit') ?? 25) };
}

function entryOf(context: Context, ad: GraphObject): JsonObject | null {
  const [first] = deliveryOf(context.live, ad.id).buckets;
  const choice = isObject(ad.data.creative) ? ad.data.creative : {};
  const story = objectOf(context.world, String(choice.id ?? ''), 'adcreative')?.data.object_story_spec;
  const page = isObject(story) ? objectOf(context.world, String(story.page_id), 'page') : null;
  if (first === undefined || !page || !isObject(story)) return null;
  const link = isObject(story.link_data) ? story.link_data : {};
  return {
    id: ad.id,
    ad_creation_time: formatTime(ad.createdMs, 'UTC').slice(0, 10),
    ad_delivery_start_time: formatTime(accountClock('UTC').startMs(first), 'UTC').slice(0, 10),
    ...(link.message === undefined ? {} : { ad_creative_bodies: [link.message] }),
    ...(link.name === undefined ? {} : { ad_creative_link_titles: [link.name] }),
    ad_snapshot_url: `${context.host.publicUrl()}/ads/archive/render_ad/?id=${ad.id}&access_token=${context.token.value}`,
    page_id: page.id,
    page_name: textOf(page, 'name'),
    publisher_platforms: ['facebook', 'instagram'],
  };
}
