import type { Context, Edge } from '../graph/context';
import { requireScope } from '../validate/access';
import { GraphError, missing, traceId } from '../wire/errors';
import { isObject, readList } from '../wire/params';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { touch } from './shared';

const MOST_EVENTS = 1000;
const OLDEST_S = 7 * 86_400;
const OLDEST_STORE_S = 62 * 86_400;
const TOLERANCE_S = 300;
const SOURCES = new Set([
  'email',
  'website',
  'app',
  'phone_call',
  'chat',
  'physical_store',
  'system_generated',
  'business_messaging',
  'other',
]);
const HASHED = ['em', 'ph', 'fn', 'ln', 'ge', 'db', 'ct', 'st', 'zp', 'country'];
/** Combinations too weak to match anybody, whether or not a user agent comes along. */
const WEAK = [['ct', 'country', 'st', 'zp', 'ge'], ['db'], ['fn', 'ge'], ['ln', 'ge']];
const USER_KEYS = new Set(
  `em ph fn ln ge db ct st zp country external_id client_ip_address client_user_agent fbc fbp subscription_id fb_login_id lead_id ctwa_clid page_id
  page_scoped_user_id anon_id madid f5first f5last fi dobd dobm doby ig_account_id ig_sid`.split(/\s+/),
);
const DEDUP_HOURS = 48;
const HOUR_MS = 3_600_000;

function refusedEvent(field: string, message: string) {
  return new GraphError({
    code: 100,
    subcode: 2804003,
    message: 'Invalid parameter',
    title: `Event field ${field} is invalid`,
    userMessage: message,
  });
}

/** `/{pixel}/events`, the Conversions API: checks each event; one bad event refuses the whole call. */
export const eventsEdge: Edge = {
  create: (context, pixel) => {
    requireScope(context, 'ads_management');
    const events = readList(context.params, 'data');
    if (!events || events.length === 0) throw missing('data');
    if (events.length > MOST_EVENTS) throw refusedEvent('data', `At most ${MOST_EVENTS} events per call.`);
    for (const event of events) checkEvent(event, Math.floor(context.nowMs / 1000));
    for (const event of events) if (isObject(event)) countEvent(context, pixel, event);
    touch(context, pixel);
    return { events_received: events.length, messages: [], fbtrace_id: traceId() };
  },
};

/** Events with an id are counted once in 48 hours, whoever sends them again. */
function countEvent(context: Context, pixel: GraphObject, event: JsonObject): void {
  const hour = Math.floor(context.nowMs / HOUR_MS);
  const seen = pixel.hidden.eventIds ?? {};
  pixel.hidden.eventIds = seen;
  for (const [key, at] of Object.entries(seen)) if (hour - at > DEDUP_HOURS) delete seen[key];
  const name = String(event.event_name);
  const key = `${name}|${String(event.event_id)}`;
  if (event.event_id !== undefined && seen[key] !== undefined) return;
  if (event.event_id !== undefined) seen[key] = hour;
  const counts = pixel.hidden.events ?? {};
  pixel.hidden.events = counts;
  const ofName = counts[name] ?? {};
  counts[name] = ofName;
  ofName[hour] = (ofName[hour] ?? 0) + 1;
}

function checkEvent(event: Json, nowSeconds: number): void {
  if (!isObject(event)) throw refusedEvent('data', 'Events must be objects.');
  if (typeof event.event_name !== 'string' || event.event_name === '')
    throw refusedEvent('event_name', 'event_name is required.');
  const time = Number(event.event_time);
  const oldest = event.action_source === 'physical_store' ? OLDEST_STORE_S : OLDEST_S;
  if (!Number.isInteger(time) || time > nowSeconds + TOLERANCE_S || time < nowSeconds - oldest)
    throw refusedEvent('event_time', 'event_time must be unix seconds, not in the future and not too old.');
  if (!SOURCES.has(String(event.action_source)))
    throw refusedEvent('action_source', `action_source must be one of ${[...SOURCES].join(', ')}.`);
  checkUser(event);
  if (event.event_name !== 'Purchase') return;
  const custom = isObject(event.custom_data) ? event.custom_data : {};
  if (typeof custom.value !== 'number' || !/^[A-Z]{3}$/.test(String(custom.currency)))
    throw refusedEvent('custom_data', 'Purchase needs value and currency.');
}

function checkUser(event: JsonObject): void {
  const user = isObject(event.user_data) ? event.user_data : {};
  const isWeb = event.action_source === 'website';
  if (isWeb && user.client_user_agent === undefined)
    throw refusedEvent('client_user_agent', 'Website events need client_user_agent.');
  if (isWeb && event.event_source_url === undefined)
    throw refusedEvent('event_source_url', 'Website events need event_source_url.');
  const unknown = Object.keys(user).find((key) => !USER_KEYS.has(key));
  if (unknown !== undefined) throw refusedEvent('user_data', `The customer information field ${unknown} is not known.`);
  const keys = Object.keys(user).filter((key) => key !== 'client_user_agent' && user[key] !== undefined);
  if (WEAK.some((weak) => keys.every((key) => weak.includes(key))))
    throw refusedEvent('user_data', 'The customer information is too weak to match anybody.');
  for (const key of HASHED) {
    const values = user[key] === undefined ? [] : Array.isArray(user[key]) ? user[key] : [user[key]];
    if (values.some((value) => !/^[0-9a-f]{64}$/i.test(String(value))))
      throw refusedEvent(key, `${key} must be hashed with SHA-256.`);
  }
}
