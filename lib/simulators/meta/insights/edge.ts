import { accountClock } from '../../market/market';
import type { Context, Edge } from '../graph/context';
import { edgeUrl } from '../graph/edge-url';
import { requestedFields } from '../graph/requested-fields';
import { requireRead } from '../validate/access';
import type { FieldRequest } from '../wire/field-grammar';
import { pageOf, pagingBody } from '../wire/paging';
import { type Params, readInteger, readText } from '../wire/params';
import { childrenOf, deliveryOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, JsonObject } from '../world/types';
import { type Level, readQuery } from './query';
import { buildReport } from './report';

/** The rows of an insights call, paged. `holder` is whose edge the paging links name. */
export function insightsBody(
  context: Context,
  parent: GraphObject,
  level: Level,
  params: Params,
  fields: FieldRequest[] | null,
  holder = parent,
): JsonObject {
  requireRead(context);
  const today = accountClock(zoneOf(context.world, parent)).dayAt(context.nowMs);
  const query = readQuery({
    params,
    ownLevel: level,
    fieldNames: fields?.map((field) => field.name) ?? null,
    today,
    firstDay: firstDayOf(context, parent, today),
  });
  const { rows, summary } = buildReport(context, parent, query);
  const page = pageOf({
    items: rows,
    keyOf: (_row, at) => String(at),
    limit: readInteger(params, 'limit'),
    after: readText(params, 'after'),
    before: readText(params, 'before'),
  });

  const body: JsonObject = { data: page.items };
  const paging = pagingBody(page, (cursor) => edgeUrl(context, holder, 'insights', params, fields, cursor));
  if (paging) body.paging = paging;
  if (summary) body.summary = summary;
  return body;
}

/** The day of the first delivery below an object; today when there was none. */
function firstDayOf(context: Context, parent: GraphObject, today: number): number {
  const clock = accountClock(zoneOf(context.world, parent));
  const ads = parent.kind === 'ad' ? [parent] : childrenOf(context.world, parent, 'ad');
  const firsts = ads.map((ad) => deliveryOf(context.live, ad.id).buckets[0]).filter((bucket) => bucket !== undefined);
  return firsts.length === 0 ? today : clock.local(Math.min(...firsts)).day;
}

function levelOf(object: GraphObject): Level {
  if (object.kind === 'campaign' || object.kind === 'adset' || object.kind === 'ad') return object.kind;
  return 'account';
}

/** GET answers rows; POST starts a report that is fetched later. */
export function insightsEdge(level: Level): Edge {
  return {
    answer: (context, parent, params, fields) => insightsBody(context, parent, level, params, fields),
    create: (context, parent) => {
      requireRead(context);
      const fields = requestedFields(context.params);
      const today = accountClock(zoneOf(context.world, parent)).dayAt(context.nowMs);
      const query = readQuery({
        params: context.params,
        ownLevel: level,
        fieldNames: fields?.map((field) => field.name) ?? null,
        today,
        firstDay: firstDayOf(context, parent, today),
      });
      const first = query.periods[0];
      const last = query.periods[query.periods.length - 1];
      const { access_token: _token, appsecret_proof: _proof, ...kept } = context.params;
      const run = makeObject(context.world, {
        kind: 'reportrun',
        account: parent.kind === 'adaccount' ? parent.id : parent.account,
        nowMs: context.nowMs,
        data: { parent: parent.id, params: kept, since: first?.since ?? today, until: last?.until ?? today },
      });
      context.applied.id = run.id;
      context.applied.isDirty = true;
      return { report_run_id: run.id };
    },
  };
}

export { levelOf };
