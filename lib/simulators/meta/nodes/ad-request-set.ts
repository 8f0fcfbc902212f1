import type { Context, Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { readName } from '../validate/naming';
import { GraphError, invalid, missing } from '../wire/errors';
import { isObject, type Params, readEnum, readList, readText } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { createAd } from './ad';
import { accountOf, touch } from './shared';

const MOST_SPECS = 1000;

/** `act_X/asyncadrequestsets`: many ads at once. They are made when the call is answered; clients poll as if it took time. */
export const requestSetEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'adrequestset', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    const name = readName(context.params);
    const specs = readList(context.params, 'ad_specs');
    if (!specs || specs.length === 0) throw missing('ad_specs');
    if (specs.length > MOST_SPECS) throw invalid(`At most ${MOST_SPECS} ad_specs are possible`);
    const set = makeObject(context.world, {
      kind: 'adrequestset',
      account: account.id,
      nowMs: context.nowMs,
      data: {
        name,
        notification_uri: readText(context.params, 'notification_uri'),
        notification_mode: readEnum(context.params, 'notification_mode', ['OFF', 'ON_COMPLETE']) ?? 'OFF',
      },
    });
    for (const spec of specs) {
      makeObject(context.world, {
        kind: 'adrequest',
        account: account.id,
        nowMs: context.nowMs,
        data: { set_id: set.id, input: spec, ...outcomeOf(context, account, spec) },
      });
    }
    touch(context, set);
    return { id: set.id };
  },
};

/**
 * `act_X/async_batch_requests`: the same set, whose requests are calls of any kind. The edge only writes down what was
 * asked; graph/async-batch carries it out.
 */
export const asyncBatchEdge: Edge = {
  objects: () => [],
  create: (context, account) => {
    requireWrite(context, account);
    const name = readName(context.params);
    const items = readList(context.params, 'adbatch');
    if (!items || items.length === 0) throw missing('adbatch');
    if (items.length > MOST_SPECS) throw invalid(`At most ${MOST_SPECS} requests are possible in adbatch`);
    for (const [at, item] of items.entries()) {
      if (!isObject(item)) throw invalid(`Param adbatch[${at}] must be an object`);
      for (const field of ['name', 'relative_url'])
        if (typeof item[field] !== 'string') throw missing(`adbatch[${at}][${field}]`);
    }
    const { nowMs } = context;
    const set = makeObject(context.world, { kind: 'adrequestset', account: account.id, nowMs, data: { name } });
    for (const input of items)
      makeObject(context.world, {
        kind: 'adrequest',
        account: account.id,
        nowMs,
        data: { set_id: set.id, input, state: 'INITIAL', type: 'ASYNC_BATCH' },
      });
    touch(context, set);
    return { id: set.id };
  },
};

function outcomeOf(context: Context, account: GraphObject, spec: Json): JsonObject {
  if (!isObject(spec)) return { state: 'ERROR', error: { code: 100, message: '(#100) ad_specs must be objects' } };
  const params: Params = {};
  for (const [key, value] of Object.entries(spec)) if (value !== undefined) params[key] = value;
  try {
    return { state: 'SUCCESS', result: createAd({ ...context, params }, account) };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { state: 'ERROR', error: error.toBody().error };
  }
}

function requestsOf(context: Context, set: GraphObject): GraphObject[] {
  return objectsOf(context.world, 'adrequest', set.account).filter((one) => one.data.set_id === set.id);
}

function isDone(context: Context, object: GraphObject): boolean {
  return context.nowMs - object.createdMs >= context.host.asyncDelayMs;
}

function stateOf(context: Context, request: GraphObject): string {
  return isDone(context, request) ? String(request.data.state) : 'IN_PROGRESS';
}

function count(state: string) {
  return (context: Context, set: GraphObject) =>
    requestsOf(context, set).filter((one) => stateOf(context, one) === state).length;
}

export const AD_REQUEST_SET: NodeType = {
  kind: 'adrequestset',
  typeName: 'AdAsyncRequestSet',
  fields:
    `name is_completed total_count initial_count in_progress_count success_count error_count canceled_count notification_mode notification_uri
    notification_result notification_status owner_id created_time updated_time`.split(/\s+/),
  defaultFields: ['id', 'is_completed'],
  read: {
    is_completed: isDone,
    total_count: (context, set) => requestsOf(context, set).length,
    initial_count: () => 0,
    in_progress_count: count('IN_PROGRESS'),
    success_count: count('SUCCESS'),
    error_count: count('ERROR'),
    canceled_count: () => 0,
    owner_id: (context, set) => accountOf(context, set)?.id.replace('act_', ''),
  },
  edges: { requests: { objects: requestsOf, defaultFields: ['id', 'status'] } },
};

export const AD_REQUEST: NodeType = {
  kind: 'adrequest',
  typeName: 'AdAsyncRequest',
  fields: ['status', 'input', 'result', 'scope_object_id', 'type', 'async_request_set', 'created_time', 'updated_time'],
  defaultFields: ['id', 'status'],
  read: {
    status: stateOf,
    type: (_context, request) => request.data.type ?? 'CREATE_AD',
    result: (context, request) =>
      isDone(context, request) ? (request.data.result ?? { error: request.data.error }) : undefined,
  },
  edges: {},
};
