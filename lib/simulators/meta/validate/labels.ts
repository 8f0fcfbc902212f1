import type { Context } from '../graph/context';
import { invalid } from '../wire/errors';
import { isObject, type Params, readList } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, Json, JsonObject } from '../world/types';

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
