import { hashOf } from '../../market/market';
import { isObject } from '../wire/params';
import type { GraphObject, Json, JsonObject } from '../world/types';

/** One part and its share of what the whole creative did. */
type Part = { columns: Record<string, Json>; share: number };

/** Where each asset breakdown finds its parts in an `asset_feed_spec`. */
const LISTS: Record<string, string> = {
  image_asset: 'images',
  video_asset: 'videos',
  title_asset: 'titles',
  body_asset: 'bodies',
  description_asset: 'descriptions',
  call_to_action_asset: 'call_to_action_types',
  link_url_asset: 'link_urls',
  ad_format_asset: 'ad_formats',
};

function idOf(creative: GraphObject, breakdown: string, at: number): string {
  return `2385${String(hashOf(Number(creative.id.slice(-9)), breakdown, at)).padStart(11, '0')}`;
}

function valueOfAsset(breakdown: string, item: Json, id: string): Json {
  if (breakdown === 'ad_format_asset') return String(item);
  if (breakdown === 'call_to_action_asset') return { name: item, id };
  const part: JsonObject = isObject(item) ? item : { text: item };
  if (breakdown === 'image_asset') return { hash: part.hash, name: part.hash, id };
  if (breakdown === 'video_asset') return { video_id: part.video_id, id };
  if (breakdown === 'link_url_asset') return { website_url: part.website_url, id };
  return { text: part.text, id };
}

/** The parts of a creative that share out its delivery. A creative without alternatives has none to tell apart. */
export function assetsOf(breakdown: string, creative: GraphObject | null, seed: number): Part[] {
  if (!creative) return [];
  if (breakdown === 'media_type') return [{ columns: { media_type: mediaOf(creative) }, share: 1 }];
  const feed = creative.data.asset_feed_spec;
  const items = isObject(feed) ? feed[LISTS[breakdown] ?? ''] : undefined;
  if (!Array.isArray(items)) return [];
  return items.map((item, at) => ({
    columns: { [breakdown]: valueOfAsset(breakdown, item, idOf(creative, breakdown, at)) },
    share: 1 + (hashOf(seed, creative.id, breakdown, at) % 100) / 100,
  }));
}

function mediaOf(creative: GraphObject): string {
  const text = JSON.stringify(creative.data);
  if (text.includes('"child_attachments"')) return 'carousel';
  return text.includes('"video_') ? 'video' : 'image';
}
