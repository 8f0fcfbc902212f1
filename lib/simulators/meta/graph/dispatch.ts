import { appByToken, appOf, checkProof, findToken } from '../auth/exchange';
import { requireLiving } from '../auth/tokens';
import { catchUp } from '../delivery/catch-up';
import { countCall, type Meters, usageHeaders } from '../limits/score';
import { isGranted, requireRead } from '../validate/access';
import { badToken, GraphError, invalid, notFound, traceId } from '../wire/errors';
import { toBoolean } from '../wire/params';
import type { LiveWorld } from '../world/live-world';
import type { GraphObject, JsonObject, Token } from '../world/types';
import type { Context, GraphAnswer, GraphCall, Host } from './context';
import { listEdge, readNode, visibleObject } from './read';
import { requestedFields } from './requested-fields';
import { searchAnswer } from './search';
import { versionHeaders } from './version';

const ADS_KINDS = new Set([
  'adaccount',
  'campaign',
  'adset',
  'ad',
  'adcreative',
  'adimage',
  'adrule',
  'adlabel',
  'reportrun',
  'pixel',
  'customaudience',
  'customconversion',
  'budgetschedule',
]);

/** Answers one call: never throws, refusals become error bodies. */
export function dispatch(host: Host, call: GraphCall, meters: Meters): GraphAnswer {
  const headers: Record<string, string> = { 'x-fb-trace-id': traceId(), 'x-fb-request-id': traceId() };
  try {
    Object.assign(headers, versionHeaders(call.version, host.strictVersions));
    const answer = answerCall(host, call, meters, headers);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    const refusal = error instanceof GraphError ? error : unexpected(error);
    if (refusal.details.code === 190 || refusal.details.code === 104)
      headers['www-authenticate'] = `OAuth "Facebook Platform" "invalid_token" ${JSON.stringify(refusal.message)}`;
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
  const { context } = openContext(host, call);
  const [first = '', edge, extra] = call.path;
  if (first === 'search') return ok(searchAnswer(call.params));
  if (first === '') return rootAnswer(call);

  const object = resolve(context, first);
  if (host.isHidden(object.id)) throw notFound(first, call.method);
  const account = object.kind === 'adaccount' ? object : context.world.objects[object.account];
  const isInsights = edge === 'insights' || object.kind === 'reportrun';
  const metered = account
    ? {
        world: context.world,
        account,
        app: host.apps.get(context.token.appId),
        isWrite: call.method !== 'GET',
        isInsights,
        nowMs: context.nowMs,
      }
    : null;
  if (metered) Object.assign(headers, usageHeaders(meters, metered));
  if (metered) countCall(meters, metered);
  if (metered) Object.assign(headers, usageHeaders(meters, metered));

  const body = extra === undefined ? act(context, object, edge) : deepEdge(context, object, [edge ?? '', extra]);
  if (context.applied.isDirty) host.persist(context.live);
  return { status: 200, body, headers: {}, appliedObjectId: context.applied.id };
}

function ok(body: JsonObject): GraphAnswer {
  return { status: 200, body, headers: {} };
}

function rootAnswer(call: GraphCall): GraphAnswer {
  if (call.params.ids !== undefined)
    throw invalid('Reading several objects by ids is no longer available. Use a batch request.');
  throw new GraphError({ code: 2500, message: 'Unknown path components: /' });
}

/** Finds who calls: token, app, proof, world; brings the world up to its present. */
export function openContext(host: Host, call: GraphCall): { context: Context; live: LiveWorld; token: Token } {
  const first = call.path[0] ?? '';
  if (call.token === null || call.token === '') {
    if (first === 'me' || first === '')
      throw new GraphError({
        code: 2500,
        message: 'An active access token must be used to query information about the current user.',
      });
    throw new GraphError({ code: 104, message: 'An access token is required to request this resource.' });
  }
  if (appByToken(host, call.token))
    throw new GraphError({
      code: 2500,
      message: 'An active access token must be used to query information about the current user.',
    });
  const { live, token } = findToken(host, call.token);
  const nowMs = host.worldNow(live.world);
  requireLiving(token, nowMs);
  const app = appOf(host, token.appId);
  if (!app) throw badToken();
  checkProof(app, call.token, call.params);
  catchUp(live, nowMs);
  const context: Context = {
    host,
    live,
    world: live.world,
    token,
    nowMs,
    call,
    params: call.params,
    applied: { isDirty: false },
  };
  return { context, live, token };
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

function checkSight(context: Context, object: GraphObject): void {
  if (ADS_KINDS.has(object.kind)) requireRead(context);
  if (object.kind === 'user' && object.id !== context.world.userId) throw notFound(object.id, context.call.method);
  if (object.kind !== 'page' || context.token.kind === 'PAGE') return;
  if (isGranted(context, 'pages_show_list') || isGranted(context, 'pages_read_engagement')) return;
  throw new GraphError({
    code: 10,
    message:
      "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature.",
  });
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
  const body = change(context, object);
  return withFields(context, body);
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
  if (context.call.method === 'GET') return readNode(context, object, requestedFields(context.params));
  if (context.call.method === 'POST' && type.update) return type.update(context, object);
  if (context.call.method === 'DELETE' && type.remove) return type.remove(context, object);
  throw notFound(object.id, context.call.method);
}

const FEATURES = new Set(['comscore', 'impression_device', 'time_of_day_viewer_tz', 'frequency_value']);

/** The few paths with three parts: opt-ins of insights, one permission of a person. */
function deepEdge(context: Context, object: GraphObject, [edge, extra]: [string, string]): JsonObject {
  if (edge === 'permissions' && context.call.method === 'DELETE') {
    context.params.permission = extra;
    return act(context, object, 'permissions');
  }
  if (edge !== 'insights' || (extra !== 'feature-settings' && extra !== 'list-features'))
    throw new GraphError({ code: 2500, message: `Unknown path components: /${edge}/${extra}` });
  const held = Array.isArray(object.data.insights_features) ? object.data.insights_features : [];
  if (context.call.method === 'GET')
    return { data: extra === 'list-features' ? [...FEATURES].map((feature_name) => ({ feature_name })) : held };

  const name = String(context.params.feature_name ?? '');
  if (!FEATURES.has(name)) throw invalid(`Param feature_name must be one of {${[...FEATURES].join(', ')}}`);
  const isOn = context.params.status === 'enabled';
  const others = held.filter((one) => (one as JsonObject).feature_name !== name);
  object.data.insights_features = isOn ? [...others, { feature_name: name, status: 'enabled' }] : others;
  context.applied.isDirty = true;
  return { success: true };
}
