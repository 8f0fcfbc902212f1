import { invalid, refused } from '../wire/errors';
import type { Json, JsonObject } from '../world/types';

const PLATFORMS = ['facebook', 'instagram', 'audience_network', 'messenger', 'threads', 'whatsapp', 'oculus'];
export const POSITIONS: Record<string, readonly string[]> = {
  facebook_positions: [
    'feed',
    'right_hand_column',
    'marketplace',
    'story',
    'search',
    'instream_video',
    'facebook_reels',
    'facebook_reels_overlay',
    'profile_feed',
    'notification',
    'biz_disco_feed',
  ],
  instagram_positions: ['stream', 'story', 'reels', 'explore_home', 'profile_feed', 'ig_search', 'profile_reels'],
  audience_network_positions: ['classic', 'rewarded_video'],
  messenger_positions: ['sponsored_messages', 'story'],
  threads_positions: ['threads_stream'],
  whatsapp_positions: ['status'],
};

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Places ads may be shown at, as v26 knows them: those that ended are refused by name. */
export function checkPlacements(targeting: JsonObject): void {
  for (const platform of list(targeting.publisher_platforms)) {
    if (!PLATFORMS.includes(String(platform)))
      throw invalid(`Param targeting[publisher_platforms] must be one of {${PLATFORMS.join(', ')}}`);
  }
  const threads = list(targeting.threads_positions).length > 0;
  if (threads && !list(targeting.instagram_positions).includes('stream'))
    throw refused({
      subcode: 1815199,
      title: 'Placement is not available',
      userMessage: 'Threads feed needs Instagram feed beside it.',
      blame: 'targeting',
    });
  for (const device of list(targeting.device_platforms)) {
    if (!['mobile', 'desktop', 'connected_tv'].includes(String(device)))
      throw invalid('Param targeting[device_platforms] must be one of {mobile, desktop, connected_tv}');
  }
  for (const [field, allowed] of Object.entries(POSITIONS)) {
    for (const position of list(targeting[field])) {
      if (allowed.includes(String(position))) continue;
      throw refused({
        subcode: position === 'video_feeds' ? 2490562 : 1815199,
        title: 'Placement is not available',
        userMessage: `The placement ${String(position)} is no longer available in ${field}.`,
        blame: 'targeting',
      });
    }
  }
}
