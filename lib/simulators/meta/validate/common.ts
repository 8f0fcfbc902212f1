import type { Context } from '../graph/context';
import { invalid, missing, refused } from '../wire/errors';
import { isObject, type Params, readEnum, readList, readText, readTextList } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { ConfiguredStatus, GraphObject, Json, JsonObject } from '../world/types';
import { STATUSES } from './enums';

const NAME_LENGTH = 400;
const GONE_SUBCODES: Partial<Record<GraphObject['kind'], number>> = { campaign: 1487566, adset: 1487056, ad: 1487678 };

export function readName(params: Params): string {
  const name = readText(params, 'name');
  if (name === undefined || name.trim() === '') throw missing('name');
  if (name.length > NAME_LENGTH) throw invalid(`Param name must be at most ${NAME_LENGTH} characters`);
  return name;
}

/** Whether the caller only asks if the write would pass. */
export function isDryRun(params: Params): boolean {
  return readTextList(params, 'execution_options')?.includes('validate_only') ?? false;
}

export function readCreateStatus(params: Params): ConfiguredStatus {
  const status = readEnum(params, 'status', STATUSES) ?? 'ACTIVE';
  if (status === 'ACTIVE' || status === 'PAUSED') return status;
  throw invalid('Param status must be one of {ACTIVE, PAUSED} when creating an object');
}

/** Legal moves of the configured status; archived and deleted objects accept a name and little else. */
export function applyStatus(context: Context, object: GraphObject): boolean {
  const wanted = readEnum(context.params, 'status', STATUSES);
  const others = Object.keys(context.params).filter(
    (key) =>
      ![
        'name',
        'status',
        'access_token',
        'appsecret_proof',
        'id',
        'fields',
        'execution_options',
        'locale',
        'format',
      ].includes(key),
  );

  if (object.status === 'DELETED' && (wanted !== undefined || others.length > 0)) throw gone(object);
  if (
    object.status === 'ARCHIVED' &&
    ((wanted !== undefined && wanted !== 'DELETED' && wanted !== 'ARCHIVED') || others.length > 0)
  )
    throw gone(object);
  if (wanted === undefined || wanted === object.status || isDryRun(context.params)) return false;

  object.status = wanted;
  object.statusMs = context.nowMs;
  return true;
}

export function gone(object: GraphObject) {
  return refused({
    subcode: GONE_SUBCODES[object.kind] ?? 1487056,
    title: `${object.status === 'DELETED' ? 'Deleted' : 'Archived'} objects can't be edited`,
    userMessage: `You can't edit this object because it has been ${object.status.toLowerCase()}. You can only change its name.`,
  });
}

/** Refuses children of something that is deleted or archived. */
export function requireAlive(object: GraphObject): void {
  if (object.status === 'DELETED' || object.status === 'ARCHIVED') throw gone(object);
}

/** adlabels given by id or by name; unknown names make new labels. */
export function readLabels(context: Context, account: string, params: Params = context.params): Json[] | undefined {
  const items = readList(params, 'adlabels');
  if (items === undefined) return undefined;
  return items.map((item) => {
    if (!isObject(item)) throw invalid('Param adlabels must be a list of {id} or {name}');
    const label = labelOf(context, account, item);
    return { id: label.id, name: label.data.name };
  });
}

function labelOf(context: Context, account: string, item: JsonObject): GraphObject {
  const labels = objectsOf(context.world, 'adlabel', account);
  if (item.id !== undefined) {
    const known = labels.find((label) => label.id === String(item.id));
    if (!known) throw invalid(`Ad label ${String(item.id)} does not exist`);
    return known;
  }
  if (typeof item.name !== 'string') throw invalid('Param adlabels must be a list of {id} or {name}');
  const named = labels.find((label) => label.data.name === item.name);
  return (
    named ?? makeObject(context.world, { kind: 'adlabel', account, nowMs: context.nowMs, data: { name: item.name } })
  );
}
