import { leadById } from '../nodes/leads';
import { effectiveStatus } from '../status/effective-status';
import { invalid, notFound, unknownField } from '../wire/errors';
import type { FieldRequest } from '../wire/field-grammar';
import { type Filter, passes, readFilters } from '../wire/filtering';
import { pageOf, pagingBody } from '../wire/paging';
import { isObject, type Params, readInteger, readText, readTextList } from '../wire/params';
import { childrenOf, currencyOf, deliveryOf } from '../world/live-world';
import { minorPerMajor } from '../world/money';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { type Context, type Edge, Link } from './context';
import { edgeUrl } from './edge-url';

function plainRequests(names: readonly string[]): FieldRequest[] {
  return names.map((name) => ({ name, modifiers: {} }));
}

/** The answer to a read of one object. `id` always comes along; fields without a value stay out. */
export function readNode(
  context: Context,
  object: GraphObject,
  requests: FieldRequest[] | null,
  defaults?: readonly string[],
): JsonObject {
  const type = context.host.nodeTypeOf(object.kind);
  const wanted = requests ?? plainRequests(defaults ?? type.defaultFields ?? ['id']);
  const body: JsonObject = {};
  for (const request of wanted) {
    const value = readField(context, object, request);
    if (value !== undefined) body[request.alias ?? request.name] = value;
  }
  body.id = object.id;
  return body;
}

function readField(context: Context, object: GraphObject, request: FieldRequest): Json | undefined {
  const type = context.host.nodeTypeOf(object.kind);
  if (request.name === 'id') return object.id;

  const edge = type.edges[request.name];
  const isListed = type.fields.includes(request.name);
  if (!isListed && edge && (edge.objects || edge.answer)) return nestedEdge(context, object, request, edge);
  if (!isListed && !type.read[request.name]) throw unknownField(request.name, type.typeName);

  const reader = type.read[request.name];
  const value = reader ? reader(context, object) : object.data[request.name];
  if (value instanceof Link) return expandLink(context, value, request);
  return request.fields ? pick(value, request.fields) : value;
}

function expandLink(context: Context, link: Link, request: FieldRequest): Json | undefined {
  const target = context.world.objects[link.id];
  if (!target) return undefined;
  return readNode(context, target, request.fields ?? null, ['id']);
}

function pick(value: Json | undefined, fields: FieldRequest[]): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => pick(item, fields) ?? null);
  if (!isObject(value)) return value;
  const picked: JsonObject = {};
  for (const { name } of fields) if (value[name] !== undefined) picked[name] = value[name];
  if (value.id !== undefined) picked.id = value.id;
  return picked;
}

function nestedEdge(context: Context, parent: GraphObject, request: FieldRequest, edge: Edge): Json | undefined {
  const body = listEdge(context, parent, request.name, edge, request.modifiers, request.fields ?? null);
  const { data } = body;
  // An empty nested edge is left out altogether.
  return Array.isArray(data) && data.length === 0 ? undefined : body;
}

/** The object a path names, if this token may see it. */
export function visibleObject(context: Context, id: string): GraphObject {
  const object =
    context.world.objects[id] ?? context.world.objects[`act_${id}`] ?? leadById(context.live, id, context.nowMs);
  if (!object || (object.kind === 'adaccount' && !id.startsWith('act_'))) throw notFound(id, context.call.method);
  return object;
}

const HAS_STATUS = new Set(['campaign', 'adset', 'ad', 'adcreative', 'adrule', 'leadform', 'adimage']);

/** A list edge: which objects, which page of them, which of their fields. */
export function listEdge(
  context: Context,
  parent: GraphObject,
  name: string,
  edge: Edge,
  params: Params,
  fields: FieldRequest[] | null,
): JsonObject {
  if (edge.answer) return edge.answer(context, parent, params, fields);
  if (!edge.objects) return { data: [] };

  const found = edge
    .objects(context, parent, params)
    .filter((object) => !context.host.isHidden(object.id) && isWanted(context, object, params));
  const newestFirst = found.sort((one, other) => other.createdMs - one.createdMs || other.ordinal - one.ordinal);
  const page = pageOf({
    items: newestFirst,
    keyOf: (object) => object.id,
    limit: readInteger(params, 'limit'),
    after: readText(params, 'after'),
    before: readText(params, 'before'),
  });

  const body: JsonObject = { data: page.items.map((object) => readNode(context, object, fields, edge.defaultFields)) };
  const paging = pagingBody(page, (cursor) => edgeUrl(context, parent, name, params, fields, cursor));
  if (paging) body.paging = paging;
  if (readText(params, 'summary') !== undefined && readText(params, 'summary') !== 'false') {
    body.summary = { total_count: newestFirst.length };
  }
  return body;
}

const EFFECTIVE_STATUSES =
  `ACTIVE PAUSED DELETED PENDING_REVIEW DISAPPROVED PREAPPROVED PENDING_BILLING_INFO CAMPAIGN_PAUSED ARCHIVED ADSET_PAUSED IN_PROCESS
  WITH_ISSUES`.split(/\s+/);

function isWanted(context: Context, object: GraphObject, params: Params): boolean {
  const filters = readFilters(params);
  const statuses = readTextList(params, 'effective_status')?.map((one) => one.toUpperCase());
  const unknown = statuses?.findIndex((one) => !EFFECTIVE_STATUSES.includes(one)) ?? -1;
  if (unknown >= 0)
    throw invalid(`Param effective_status[${unknown}] must be one of {${EFFECTIVE_STATUSES.join(', ')}}`);
  const status = effectiveStatus(context.world, object, context.nowMs);
  const asksForStatus = statuses !== undefined || filters.some((filter) => filter.field.endsWith('effective_status'));

  if (statuses && !statuses.includes(status)) return false;
  if (!asksForStatus && HAS_STATUS.has(object.kind) && (status === 'DELETED' || status === 'ARCHIVED')) return false;
  const since = readInteger(params, 'updated_since');
  if (since !== undefined && object.updatedMs < since * 1000) return false;
  return filters.every((filter) => passes(filterValue(context, object, filter), filter));
}

function filterValue(context: Context, object: GraphObject, filter: Filter): Json | undefined {
  const [prefix, rest] = filter.field.includes('.') ? filter.field.split('.', 2) : [object.kind, filter.field];
  const name = rest ?? '';
  const target = prefix === object.kind || prefix === undefined ? object : ancestor(context, object, prefix);
  if (!target) return undefined;
  if (name === 'id') return target.id;
  if (name === 'created_time' || name === 'time_created') return Math.floor(target.createdMs / 1000);
  if (DELIVERED.has(name)) return deliveredSoFar(context, target, name);
  if (name === 'delivery_info' || name === 'delivery_status') return deliveryWord(context, target);
  if (name === 'updated_time') return Math.floor(target.updatedMs / 1000);

  const type = context.host.nodeTypeOf(target.kind);
  const reader = type.read[name];
  if (!reader && !type.fields.includes(name))
    throw invalid(
      `Filtering field '${filter.field}' with operation '${filter.operator.toLowerCase()}' is not supported`,
    );
  const value = reader ? reader(context, target) : target.data[name];
  return value instanceof Link ? value.id : value;
}

const DELIVERED = new Set(['impressions', 'spend', 'clicks']);

/** What an object delivered in its life: `ad.impressions` and its kin as filters of lists. Money in major units. */
function deliveredSoFar(context: Context, object: GraphObject, name: string): number {
  const ads = object.kind === 'ad' ? [object] : childrenOf(context.world, object, 'ad');
  const cells = ads.flatMap((ad) => deliveryOf(context.live, ad.id).cells);
  if (name !== 'spend')
    return cells.reduce((sum, cell) => sum + (name === 'clicks' ? cell.clicks : cell.impressions), 0);
  const minor = cells.reduce((sum, cell) => sum + cell.spendMinor, 0);
  return minor / minorPerMajor(currencyOf(context.world, object));
}

function deliveryWord(context: Context, object: GraphObject): string {
  const status = effectiveStatus(context.world, object, context.nowMs).toLowerCase();
  return status === 'paused' ? 'inactive' : status;
}

function ancestor(context: Context, object: GraphObject, kind: string): GraphObject | undefined {
  const id = kind === 'campaign' ? object.data.campaign_id : kind === 'adset' ? object.data.adset_id : undefined;
  return typeof id === 'string' ? context.world.objects[id] : undefined;
}
