import { countAppCall, countCall, type Meters, usageHeaders } from '../limits/count';
import { adsLibrary } from '../nodes/ads-library';
import { GraphError, invalid, notFound, traceId } from '../wire/errors';
import { readTextList, toBoolean } from '../wire/params';
import type { GraphObject, JsonObject } from '../world/types';
import type { Context, GraphAnswer, GraphCall, Host } from './context';
import { deepEdge } from './deep-edges';
import { openContext } from './open-context';
import { listEdge, readNode, visibleObject } from './read';
import { requestedFields } from './requested-fields';
import { searchAnswer } from './search';
import { ADS_KINDS, checkSight } from './sight';
import { requireVersion, versionHeaders } from './version';

/** Answers one call: never throws, refusals become error bodies. */
export function dispatch(host: Host, call: GraphCall, meters: Meters): GraphAnswer {
  const headers: Record<string, string> = {
    'x-fb-trace-id': traceId(),
    'x-fb-request-id': traceId(),
    ...versionHeaders(call.version),
  };
  try {
    const answer = answerCall(host, call, meters, headers);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    const refusal = error instanceof GraphError ? error : unexpected(error);
    if (refusal.details.code === 190 || refusal.details.code === 104)
      headers['www-authenticate'] = `OAuth "Facebook Platform" "invalid_token" ${JSON.stringify(refusal.message)}`;
    if (refusal.details.code === 803)
      headers['www-authenticate'] = `OAuth "Facebook Platform" "not_found" ${JSON.stringify(refusal.message)}`;
    const isMuted = toBoolean(call.params.suppress_http_code) === true;
    return { status: isMuted ? 200 : refusal.status, body: refusal.toBody(), headers };
  }
}

function unexpected(error: unknown): GraphError {
  // A fault of the simulator itself must be seen by its developer, not only by its client.
  console.error('simulator fault', error);
  return new GraphError({ code: 1, message: 'An unknown error occurred' });
}

function answerCall(host: Host, call: GraphCall, meters: Meters, headers: Record<string, string>): GraphAnswer {
  const [first = '', edge, extra] = call.path;
  // The version is looked at before anybody asks who calls.
  const isAboutAds = first === 'search' || first.startsWith('act_') || (first === 'me' && edge === 'adaccounts');
  if (isAboutAds) requireVersion(call, host.strictVersions);
  const context = openContext(host, call);
  if (first === 'search' || first === 'ads_archive' || first === '') {
    meterApp(context, meters, headers);
    if (first === 'search') return ok(searchAnswer(call.params));
    return ok(first === '' ? rootAnswer(context) : adsLibrary(context));
  }

  const object = resolve(context, first);
  if (host.isHidden(object.id)) throw notFound(first, call.method);
  if (ADS_KINDS.has(object.kind)) requireVersion(call, host.strictVersions);
  meter(context, object, edge, meters, headers);

  const body = extra === undefined ? act(context, object, edge) : deepEdge(context, object, [edge ?? '', extra], act);
  if (context.applied.isDirty) host.persist(context.live);
  return { status: 200, body, headers: {}, appliedObjectId: context.applied.id };
}

/** Usage stands in the headers before a call can be refused for it. */
function meter(
  context: Context,
  object: GraphObject,
  edge: string | undefined,
  meters: Meters,
  headers: Record<string, string>,
): void {
  const account = object.kind === 'adaccount' ? object : context.world.objects[object.account];
  if (!account) {
    meterApp(context, meters, headers);
    return;
  }
  const metered = {
    world: context.world,
    account,
    app: context.host.apps.get(context.token.appId),
    appId: context.token.appId,
    isWrite: context.call.method !== 'GET',
    useCase: caseOf(object, edge),
    nowMs: context.nowMs,
  };
  try {
    countCall(meters, metered);
  } finally {
    Object.assign(headers, usageHeaders(meters, metered));
  }
}

function caseOf(object: GraphObject, edge: string | undefined) {
  if (edge === 'insights' || object.kind === 'reportrun') return 'ads_insights' as const;
  if (edge === 'customaudiences' || object.kind === 'customaudience') return 'custom_audience' as const;
  return 'ads_management' as const;
}

function meterApp(context: Context, meters: Meters, headers: Record<string, string>): void {
  Object.assign(headers, countAppCall(meters, context.world, context.token.appId, context.nowMs));
}

function ok(body: JsonObject): GraphAnswer {
  return { status: 200, body, headers: {} };
}

/** Several objects by their ids: gone since October 2026 unless the simulator is told to keep it. */
function rootAnswer(context: Context): JsonObject {
  const ids = readTextList(context.params, 'ids');
  if (ids === undefined) throw new GraphError({ code: 2500, message: 'Unknown path components: /' });
  if (!context.host.legacyFeatures)
    throw invalid('Reading several objects by ids is no longer available. Use a batch request.');
  const fields = requestedFields(context.params);
  return Object.fromEntries(ids.map((id) => [id, readNode(context, resolve(context, id), fields)]));
}

function resolve(context: Context, id: string): GraphObject {
  if (id === 'me') return visibleObject(context, context.token.subjectId);
  if (!/^(act_)?\d+(:[0-9a-f]+)?$/.test(id)) {
    throw new GraphError({ code: 803, message: `(#803) Some of the aliases you requested do not exist: ${id}` });
  }
  const object = visibleObject(context, id);
  checkSight(context, object);
  return object;
}

function act(context: Context, object: GraphObject, edgeName: string | undefined): JsonObject {
  const { method } = context.call;
  if (edgeName === undefined) return actOnNode(context, object);

  const edge = context.host.nodeTypeOf(object.kind).edges[edgeName];
  if (!edge) {
    if (method === 'GET') throw new GraphError({ code: 2500, message: `Unknown path components: /${edgeName}` });
    throw notFound(object.id, method);
  }
  if (method === 'GET') {
    if (!edge.objects && !edge.answer) throw notFound(object.id, method);
    return listEdge(context, object, edgeName, edge, context.params, requestedFields(context.params));
  }
  const change = method === 'POST' ? edge.create : edge.remove;
  if (!change) throw notFound(object.id, method);
  return withFields(context, change(context, object));
}

/** Creates may ask for fields of what they made. */
function withFields(context: Context, body: JsonObject): JsonObject {
  const id = typeof body.id === 'string' ? body.id : undefined;
  const fields = requestedFields(context.params);
  const made = id === undefined ? undefined : context.world.objects[id];
  if (!fields || !made || Object.keys(body).length > 1) return body;
  return { ...readNode(context, made, fields), id: made.id };
}

function actOnNode(context: Context, object: GraphObject): JsonObject {
  const type = context.host.nodeTypeOf(object.kind);
  const { method } = context.call;
  if (method === 'GET') {
    const body = readNode(context, object, requestedFields(context.params));
    return toBoolean(context.params.metadata) === true ? { ...body, metadata: metadataOf(type) } : body;
  }
  if (method === 'POST' && type.update) return type.update(context, object);
  if (method === 'DELETE' && type.remove) return type.remove(context, object);
  throw notFound(object.id, method);
}

function metadataOf(type: ReturnType<Host['nodeTypeOf']>): JsonObject {
  return {
    fields: type.fields.map((name) => ({ name })),
    type: type.typeName.toLowerCase(),
    connections: Object.fromEntries(Object.keys(type.edges).map((name) => [name, `/${name}`])),
  };
}
