import type { Context } from '../graph/context';
import { invalid, refused } from '../wire/errors';
import { type Params, readEnum, readTextList } from '../wire/params';
import type { ConfiguredStatus, GraphObject } from '../world/types';
import { STATUSES } from './enums';

const GONE_SUBCODES: Partial<Record<GraphObject['kind'], number>> = { campaign: 1487566, adset: 1487056, ad: 1487678 };

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
