import type { Context, Edge } from '../graph/context';
import { queueReview } from '../status/review';
import { requireWrite } from '../validate/access';
import { invalid } from '../wire/errors';
import { isObject, readBoolean, readEnum, readObject, readText } from '../wire/params';
import { childrenOf, objectOf, textOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { ConfiguredStatus, GraphObject, Json, JsonObject } from '../world/types';
import { accountOf, childEdge, touch } from './shared';

type CopyKind = 'campaign' | 'adset' | 'ad';
const CHILD: Partial<Record<CopyKind, CopyKind>> = { campaign: 'adset', adset: 'ad' };
const TYPE_NAME: Record<CopyKind, string> = { campaign: 'campaign', adset: 'ad_set', ad: 'ad' };
const ANSWER_KEY: Record<CopyKind, string> = {
  campaign: 'copied_campaign_id',
  adset: 'copied_adset_id',
  ad: 'copied_ad_id',
};
const MOST_CHILDREN = 3;

type Plan = {
  context: Context;
  status: string;
  rename: (name: string, depth: number) => string;
  isDeep: boolean;
  made: Json[];
};

/** POST /{object}/copies, with the children when asked for. */
export function copyEdge(kind: CopyKind): Edge {
  return {
    objects: (context, parent) => {
      const child = childEdge(kind).objects?.(context, context.world.objects[parent.account] ?? parent, {}) ?? [];
      return child.filter((one) => one.data[`source_${kind}_id`] === parent.id);
    },
    create: (context, source) => {
      requireWrite(context, accountOf(context, source));
      const plan = planOf(context);
      const below = (child: CopyKind) =>
        childrenOf(context.world, source, child).filter((one) => one.status !== 'DELETED').length;
      const total = kind === 'campaign' ? below('adset') + below('ad') : kind === 'adset' ? below('ad') : 0;
      if (plan.isDeep && total > MOST_CHILDREN)
        throw invalid('Too many child objects to copy at once. Use an asynchronous request.');

      const copy = copyOne(plan, kind, source, ownParent(context, kind), 0);
      touch(context, copy);
      return { [ANSWER_KEY[kind]]: copy.id, ad_object_ids: plan.made };
    },
  };
}

function ownParent(context: Context, kind: CopyKind): JsonObject {
  const field = kind === 'adset' ? 'campaign_id' : kind === 'ad' ? 'adset_id' : null;
  const id = field === null ? undefined : readText(context.params, field);
  if (field === null || id === undefined) return {};
  const parent = objectOf(context.world, id);
  if (!parent) throw invalid(`Param ${field} must be a valid id`);
  return kind === 'ad' ? { adset_id: id, campaign_id: parent.data.campaign_id } : { campaign_id: id };
}

function planOf(context: Context): Plan {
  const options = readObject(context.params, 'rename_options') ?? {};
  const strategy = String(options.rename_strategy ?? 'DEEP_RENAME');
  const prefix = String(options.rename_prefix ?? '');
  const suffix = String(options.rename_suffix ?? (options.rename_prefix === undefined ? ' - Copy' : ''));
  return {
    context,
    status: readEnum(context.params, 'status_option', ['ACTIVE', 'PAUSED', 'INHERITED_FROM_SOURCE']) ?? 'PAUSED',
    isDeep: readBoolean(context.params, 'deep_copy') ?? false,
    made: [],
    rename: (name, depth) =>
      strategy === 'NO_RENAME' || (strategy === 'ONLY_TOP_LEVEL_RENAME' && depth > 0)
        ? name
        : `${prefix}${name}${suffix}`,
  };
}

function copyOne(plan: Plan, kind: CopyKind, source: GraphObject, parent: JsonObject, depth: number): GraphObject {
  const { context } = plan;
  const status: ConfiguredStatus =
    plan.status === 'INHERITED_FROM_SOURCE' ? source.status : plan.status === 'ACTIVE' ? 'ACTIVE' : 'PAUSED';
  const copy = makeObject(context.world, {
    kind,
    account: source.account,
    nowMs: context.nowMs,
    status,
    data: {
      ...structuredClone(source.data),
      ...parent,
      name: plan.rename(textOf(source, 'name') ?? '', depth),
      [`source_${kind}_id`]: source.id,
    },
    hidden: { significantEditMs: context.nowMs, indexInSet: kind === 'ad' ? 3 : undefined },
  });
  plan.made.push({ ad_object_type: TYPE_NAME[kind], source_id: source.id, copied_id: copy.id });
  if (kind === 'ad') queueReview(context.world, copy, creativeOf(context, copy), context.nowMs);

  const child = CHILD[kind];
  if (!plan.isDeep || child === undefined) return copy;
  const link =
    kind === 'campaign' ? { campaign_id: copy.id } : { adset_id: copy.id, campaign_id: copy.data.campaign_id };
  for (const one of childrenOf(context.world, source, child))
    if (one.status !== 'DELETED') copyOne(plan, child, one, link, depth + 1);
  return copy;
}

function creativeOf(context: Context, ad: GraphObject): GraphObject | null {
  return isObject(ad.data.creative) ? objectOf(context.world, String(ad.data.creative.id)) : null;
}
