import { requireRead } from '../validate/access';
import { GraphError, invalid } from '../wire/errors';
import { isObject } from '../wire/params';
import type { GraphObject, Json, JsonObject } from '../world/types';
import type { Context } from './context';

const FEATURES = new Set(['comscore', 'impression_device', 'time_of_day_viewer_tz', 'frequency_value']);

type Act = (context: Context, object: GraphObject, edge: string) => JsonObject;

/** The few paths with three parts: opt-ins of insights, one permission of a person. */
export function deepEdge(context: Context, object: GraphObject, [edge, extra]: [string, string], act: Act): JsonObject {
  if (edge === 'permissions' && context.call.method === 'DELETE') {
    context.params.permission = extra;
    return act(context, object, 'permissions');
  }
  if (edge !== 'insights' || (extra !== 'feature-settings' && extra !== 'list-features'))
    throw new GraphError({ code: 2500, message: `Unknown path components: /${edge}/${extra}` });
  requireRead(context);
  const held = Array.isArray(object.data.insights_features) ? object.data.insights_features : [];
  if (context.call.method === 'GET')
    return { data: extra === 'list-features' ? [...FEATURES].map((feature_name) => ({ feature_name })) : held };
  return setFeature(context, object, held);
}

function setFeature(context: Context, object: GraphObject, held: Json[]): JsonObject {
  const name = String(context.params.feature_name ?? '');
  if (!FEATURES.has(name)) throw invalid(`Param feature_name must be one of {${[...FEATURES].join(', ')}}`);
  const isOn = context.params.status === 'enabled';
  const others = held.filter((one) => !isObject(one) || one.feature_name !== name);
  object.data.insights_features = isOn ? [...others, { feature_name: name, status: 'enabled' }] : others;
  context.applied.isDirty = true;
  return { success: true };
}
