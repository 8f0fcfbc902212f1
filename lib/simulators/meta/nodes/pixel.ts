import { type Context, type Edge, Link, type NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { readName } from '../validate/naming';
import { invalid } from '../wire/errors';
import { readEnum, readInteger } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject } from '../world/types';
import { eventsEdge } from './events';
import { touch } from './shared';

const HOUR_MS = 3_600_000;
const AGGREGATIONS =
  'BROWSER_TYPE CUSTOM_DATA_FIELD DEVICE_OS DEVICE_TYPE EVENT EVENT_DETECTION_METHOD EVENT_PROCESSING_RESULTS EVENT_SOURCE EVENT_TOTAL_COUNTS EVENT_VALUE_COUNT HAD_PII HOST MATCH_KEYS PIXEL_FIRE URL URL_BY_RULE'.split(
    ' ',
  );

/** `act_X/adspixels`. An account has one pixel of its own; a second one is refused. */
export const pixelEdge: Edge = {
  defaultFields: ['id'],
  objects: (context, account) => objectsOf(context.world, 'pixel', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    readName(context.params);
    if (objectsOf(context.world, 'pixel', account.id).length > 0)
      throw invalid('This ad account already has a pixel. Use the one that exists.');
    throw invalid('The parameter name is required');
  },
};

/** Server events per hour, as `aggregation=event` answers them. */
function statsOf(context: Context, pixel: GraphObject): JsonObject {
  const aggregation = readEnum(context.params, 'aggregation', AGGREGATIONS) ?? 'EVENT';
  const from = (readInteger(context.params, 'start_time') ?? 0) * 1000;
  const to = (readInteger(context.params, 'end_time') ?? Math.ceil(context.nowMs / 1000)) * 1000;
  const hours = new Map<number, { value: string; count: number }[]>();
  for (const [name, counts] of Object.entries(pixel.hidden.events ?? {})) {
    for (const [hour, count] of Object.entries(counts)) {
      const ms = Number(hour) * HOUR_MS;
      if (ms + HOUR_MS <= from || ms > to) continue;
      hours.set(ms, [...(hours.get(ms) ?? []), { value: name, count }]);
    }
  }
  const data = [...hours]
    .sort(([one], [other]) => one - other)
    .map(([ms, values]) => ({
      aggregation: aggregation.toLowerCase(),
      start_time: formatTime(ms, 'UTC'),
      data: values,
    }));
  return { data };
}

export const PIXEL: NodeType = {
  kind: 'pixel',
  typeName: 'AdsPixel',
  fields:
    `name last_fired_time code is_unavailable owner_ad_account owner_business creation_time data_use_setting enable_automatic_matching
    first_party_cookie_status is_created_by_business automatic_matching_fields can_proxy`.split(/\s+/),
  read: {
    last_fired_time: (context) => formatTime(context.nowMs - 90_000, 'UTC'),
    creation_time: (_context, pixel) => formatTime(pixel.createdMs, 'UTC'),
    code: (_context, pixel) => `<!-- pixel --><script>fbq('init', '${pixel.id}');fbq('track', 'PageView');</script>`,
    owner_ad_account: (_context, pixel) => new Link(pixel.account),
    is_unavailable: (_context, pixel) => pixel.data.is_unavailable === true,
  },
  edges: { events: eventsEdge, stats: { answer: statsOf } },
  update: (context, pixel) => {
    requireWrite(context, context.world.objects[pixel.account]);
    if (context.params.name !== undefined) pixel.data.name = readName(context.params);
    touch(context, pixel);
    return { success: true };
  },
};
