import { accountClock } from '../../market/market';
import type { Context, Edge } from '../graph/context';
import { edgeUrl } from '../graph/edge-url';
import { reviewState } from '../status/review';
import { invalid } from '../wire/errors';
import { pageOf, pagingBody } from '../wire/paging';
import { type Params, readInteger, readText } from '../wire/params';
import { childrenOf, deliveryOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { formatTime, parseTime } from '../world/time';
import type { Activity, GraphObject, JsonObject } from '../world/types';

const DAY_MS = 86_400_000;
const CATEGORIES: Record<string, RegExp> = {
  ACCOUNT: /^(ad_account_|add_funding|remove_funding|account_)/,
  AD: /^(create_ad|update_ad|update_ad_(run_status|creative|friendly_name|labels).*|ad_review_.*|first_delivery_event)$/,
  AD_KEYWORDS: /keywords/,
  AD_SET: /ad_set/,
  AUDIENCE: /audience/,
  BID: /bid/,
  BUDGET: /budget|spend_limit|spend_cap/,
  CAMPAIGN: /campaign/,
  DATE: /duration|schedule|campaign_ended/,
  STATUS: /status|review/,
  TARGETING: /target/,
};

/** Verdicts and first deliveries: nobody wrote them down, they follow from what happened. */
function derived(context: Context, account: GraphObject): Activity[] {
  return objectsOf(context.world, 'ad', account.id).flatMap((ad) => {
    const base = {
      account: account.id,
      objectId: ad.id,
      objectName: textOf(ad, 'name') ?? '',
      objectType: 'AD',
      actorName: 'Meta',
      extra: {},
    };
    const found: Activity[] = [];
    const verdict = reviewState(ad, context.nowMs);
    const doneMs = ad.hidden.reviewDoneMs ?? ad.createdMs;
    if (verdict === 'APPROVED') found.push({ ...base, atMs: doneMs, eventType: 'ad_review_approved' });
    if (verdict === 'DISAPPROVED') found.push({ ...base, atMs: doneMs, eventType: 'ad_review_declined' });
    const first = deliveryOf(context.live, ad.id).buckets[0];
    if (first !== undefined)
      found.push({
        ...base,
        atMs: accountClock(zoneOf(context.world, ad)).startMs(first),
        eventType: 'first_delivery_event',
      });
    return found;
  });
}

function isBelow(context: Context, parent: GraphObject, objectId: string): boolean {
  return parent.id === objectId || childrenOf(context.world, parent, 'ad').some((ad) => ad.id === objectId);
}

function timeParam(params: Params, name: string, zone: string): number | null {
  return parseTime(params[name], zone);
}

/** `act_X/activities` and `/{adset}/activities`: what was changed, newest first; a week where nothing else is asked. */
export const activityEdge: Edge = {
  answer: (context, parent, params, fields) => {
    const account = parent.kind === 'adaccount' ? parent : context.world.objects[parent.account];
    if (!account) return { data: [] };
    const zone = zoneOf(context.world, account);
    const since = timeParam(params, 'since', zone) ?? context.nowMs - 7 * DAY_MS;
    const until = timeParam(params, 'until', zone) ?? context.nowMs;
    const category = readText(params, 'category');
    const pattern = category === undefined ? null : CATEGORIES[category.toUpperCase()];
    if (pattern === undefined) throw invalid(`Param category must be one of {${Object.keys(CATEGORIES).join(', ')}}`);

    const found = [...context.world.activities, ...derived(context, account)]
      .filter((one) => one.account === account.id && one.atMs >= since && one.atMs <= until)
      .filter((one) => parent.kind === 'adaccount' || isBelow(context, parent, one.objectId))
      .filter((one) => pattern === null || pattern.test(one.eventType))
      .sort((one, other) => other.atMs - one.atMs);
    const page = pageOf({
      items: found,
      keyOf: (one, at) => `${one.atMs}:${one.objectId}:${found.length - at}`,
      limit: readInteger(params, 'limit'),
      after: readText(params, 'after'),
      before: readText(params, 'before'),
    });
    const data = page.items.map((one) =>
      picked(
        context,
        one,
        zone,
        fields?.map((field) => field.name),
      ),
    );
    const paging = pagingBody(page, (cursor) => edgeUrl(context, parent, 'activities', params, fields, cursor));
    return paging ? { data, paging } : { data };
  },
};

function picked(context: Context, one: Activity, zone: string, names: string[] | undefined): JsonObject {
  const row: JsonObject = {
    event_time: formatTime(one.atMs, 'UTC'),
    event_type: one.eventType,
    translated_event_type: one.eventType.replace(/_/g, ' '),
    object_id: one.objectId,
    object_name: one.objectName,
    object_type: one.objectType,
    actor_id: context.world.userId,
    actor_name: one.actorName,
    application_id: one.appId ?? '',
    application_name: context.host.apps.get(one.appId ?? '')?.name ?? '',
    extra_data: JSON.stringify(one.extra),
    date_time_in_timezone: formatTime(one.atMs, zone),
  };
  if (!names) return row;
  const unknown = names.find((name) => row[name] === undefined);
  if (unknown !== undefined) throw invalid(`Tried accessing nonexisting field (${unknown}) on node type (AdActivity)`);
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
