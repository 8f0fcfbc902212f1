import { type Context, type Edge, type FieldReader, Link } from '../graph/context';
import { checkEditLimits } from '../limits/edit-limits';
import { effectiveStatus } from '../status/effective-status';
import { requireWrite } from '../validate/access';
import { readLabels } from '../validate/labels';
import { readName } from '../validate/naming';
import { applyStatus, isDryRun } from '../validate/status-moves';
import { has } from '../wire/params';
import { childrenOf, objectOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { formatTime, parseTime } from '../world/time';
import type { Activity, GraphObject, Json, JsonObject, ObjectKind } from '../world/types';

export function accountOf(context: Context, object: GraphObject): GraphObject | undefined {
  return object.kind === 'adaccount' ? object : context.world.objects[object.account];
}

/** Readers that every ads object has. */
export const COMMON_READERS: Record<string, FieldReader> = {
  account_id: (_context, object) => object.account.replace('act_', ''),
  account: (_context, object) => new Link(object.account),
  status: (_context, object) => object.status,
  configured_status: (_context, object) => object.status,
  effective_status: (context, object) => effectiveStatus(context.world, object, context.nowMs),
  created_time: (context, object) => formatTime(object.createdMs, zoneOf(context.world, object)),
  updated_time: (context, object) => formatTime(object.updatedMs, zoneOf(context.world, object)),
  adlabels: (_context, object) => {
    const labels = object.data.adlabels;
    return Array.isArray(labels) && labels.length > 0 ? labels : undefined;
  },
};

/** A time stored as the API got it, answered in the account's zone. */
export function timeReader(field: string): FieldReader {
  return (context, object) => {
    const zone = zoneOf(context.world, object);
    const ms = parseTime(object.data[field], zone);
    return ms === null ? undefined : formatTime(ms, zone);
  };
}

export function linkReader(field: string): FieldReader {
  return (_context, object) => {
    const id = textOf(object, field);
    return id === undefined ? undefined : new Link(id);
  };
}

export function childEdge(kind: ObjectKind): Edge {
  return { objects: (context, parent) => childrenOf(context.world, parent, kind) };
}

/** `campaignsbylabels` and its kin: objects that carry any or all of the labels. */
export function byLabelEdge(kind: ObjectKind): Edge {
  return {
    objects: (context, parent, params) => {
      const text = params.ad_label_ids;
      const wanted = (
        Array.isArray(text)
          ? text
          : String(text ?? '')
              .replace(/[[\]"'\s]/g, '')
              .split(',')
      ).map(String);
      const needsAll = String(params.operator ?? 'ALL').toUpperCase() === 'ALL';
      return objectsOf(context.world, kind, parent.id).filter((object) => {
        const ids = labelIds(object);
        return needsAll ? wanted.every((id) => ids.includes(id)) : wanted.some((id) => ids.includes(id));
      });
    },
  };
}

function labelIds(object: GraphObject): string[] {
  const labels = object.data.adlabels;
  return Array.isArray(labels) ? labels.map((label) => String((label as JsonObject).id)) : [];
}

/** The `adlabels` edge of an object: attach, read, detach. */
export const LABEL_EDGE: Edge = {
  objects: (context, parent) =>
    labelIds(parent)
      .map((id) => objectOf(context.world, id))
      .filter((label) => label !== null),
  defaultFields: ['id', 'name'],
  create: (context, parent) => {
    requireWrite(context, accountOf(context, parent));
    const added = readLabels(context, parent.account) ?? [];
    const kept = Array.isArray(parent.data.adlabels) ? parent.data.adlabels : [];
    const known = new Set(labelIds(parent));
    parent.data.adlabels = [...kept, ...added.filter((label) => !known.has(String((label as JsonObject).id)))];
    touch(context, parent);
    return { success: true, id: parent.id };
  },
  remove: (context, parent) => {
    requireWrite(context, accountOf(context, parent));
    const removed = new Set(
      (readLabels(context, parent.account) ?? []).map((label) => String((label as JsonObject).id)),
    );
    const kept = Array.isArray(parent.data.adlabels) ? parent.data.adlabels : [];
    parent.data.adlabels = kept.filter((label) => !removed.has(String((label as JsonObject).id)));
    touch(context, parent);
    return { success: true };
  },
};

/** Notes that an object changed: its update time, the request's effect, the need to save. */
export function touch(context: Context, object: GraphObject): void {
  object.updatedMs = context.nowMs;
  context.applied.id = object.id;
  context.applied.isDirty = true;
}

export function logActivity(context: Context, object: GraphObject, eventType: string, extra: JsonObject = {}): void {
  const activity: Activity = {
    account: object.kind === 'adaccount' ? object.id : object.account,
    atMs: context.nowMs,
    eventType,
    objectId: object.id,
    objectName: textOf(object, 'name') ?? '',
    objectType: { campaign: 'CAMPAIGN', adset: 'AD_SET', ad: 'AD' }[object.kind as string] ?? object.kind.toUpperCase(),
    actorName: textOf(context.world.objects[context.world.userId], 'name') ?? '',
    appId: context.token.appId,
    extra,
  };
  context.world.activities.push(activity);
}

type Change = (context: Context, object: GraphObject) => Record<string, Json | undefined>;

/**
 * The frame of every update: may the caller write, is the move legal, do the new values pass;
 * only then is anything changed. `change` returns the fields to set and throws to refuse.
 */
export function updateWith(noun: string, change: Change) {
  return (context: Context, object: GraphObject): JsonObject => {
    requireWrite(context, accountOf(context, object));
    const wantsBudget = has(context.params, 'daily_budget') || has(context.params, 'lifetime_budget');
    const before = { status: object.status, statusMs: object.statusMs, budget: object.data.daily_budget };
    // Status moves are checked first because archived objects refuse everything else.
    const movedStatus = applyStatus(context, object);
    try {
      const fields = change(context, object);
      if (has(context.params, 'name')) fields.name = readName(context.params);
      const labels = readLabels(context, object.account);
      if (labels) fields.adlabels = labels;
      if (isDryRun(context.params)) return { success: true };

      checkEditLimits(context, object, object.kind === 'adset' && wantsBudget);
      Object.assign(object.data, fields);
    } catch (error) {
      object.status = before.status;
      object.statusMs = before.statusMs;
      throw error;
    }

    if (movedStatus)
      logActivity(context, object, `update_${noun}_run_status`, { old_value: before.status, new_value: object.status });
    if (wantsBudget)
      logActivity(context, object, `update_${noun}_budget`, {
        old_value: before.budget,
        new_value: object.data.daily_budget,
      });
    if (!movedStatus && !wantsBudget) logActivity(context, object, `update_${noun}_name`);
    touch(context, object);
    return { success: true };
  };
}

/** DELETE on a node: the object stays readable by id, with status DELETED. */
export function removeObject(context: Context, object: GraphObject): JsonObject {
  requireWrite(context, accountOf(context, object));
  object.status = 'DELETED';
  object.statusMs = context.nowMs;
  touch(context, object);
  logActivity(
    context,
    object,
    `update_${object.kind === 'campaign' ? 'campaign' : object.kind === 'adset' ? 'ad_set' : 'ad'}_run_status`,
    { new_value: 'DELETED' },
  );
  return { success: true };
}
