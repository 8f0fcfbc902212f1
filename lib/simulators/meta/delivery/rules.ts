import { accountClock } from '../../market/market';
import { effectiveStatus } from '../status/effective-status';
import { type Filter, passes } from '../wire/filtering';
import { isObject } from '../wire/params';
import { type LiveWorld, objectsOf, textOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject, ObjectKind } from '../world/types';
import { carryOutRule, type Deed, executionType, noteInHistory, optionOf } from './rule-actions';
import { type Moment, metricOf, tallyOf } from './rule-metrics';

const KINDS: Record<string, ObjectKind> = { AD: 'ad', ADSET: 'adset', CAMPAIGN: 'campaign' };
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Without an action_frequency, budgets and bids are changed at most once a day and object. */
const CHANGE_EVERY_MS = 24 * HOUR_MS;
const NOT_CONDITIONS = new Set(['entity_type', 'time_preset', 'attribution_window']);

/** Rules of an account that are switched on. */
export function enabledRules(live: LiveWorld, account: GraphObject): GraphObject[] {
  return objectsOf(live.world, 'adrule', account.id).filter(
    (rule) => rule.status === 'ACTIVE' && rule.data.rule_status !== 'DISABLED',
  );
}

export function filtersOf(rule: GraphObject): Filter[] {
  const spec = rule.data.evaluation_spec;
  const filters = isObject(spec) && Array.isArray(spec.filters) ? spec.filters.filter(isObject) : [];
  return filters.map(({ field, operator, value }) => ({
    field: String(field),
    operator: String(operator).toUpperCase(),
    value: value ?? null,
  }));
}

function presetOf(rule: GraphObject): string {
  return String(filtersOf(rule).find((filter) => filter.field === 'time_preset')?.value ?? 'TODAY');
}

/** The kind of object a rule looks at. */
export function kindOf(rule: GraphObject): ObjectKind | undefined {
  const type = String(filtersOf(rule).find((filter) => filter.field === 'entity_type')?.value ?? '');
  return KINDS[type.toUpperCase()];
}

function entityValue(live: LiveWorld, entity: GraphObject, field: string, atMs: number): Json | undefined {
  const [prefix, name] = field.includes('.') ? field.split('.', 2) : [entity.kind, field];
  if (name === 'id' && prefix !== entity.kind) return entity.data[`${prefix}_id`];
  if (prefix !== entity.kind) return undefined;
  if (name === 'id') return entity.id;
  if (name === 'effective_status') return effectiveStatus(live.world, entity, atMs);
  if (name === 'hours_since_creation') return (atMs - entity.createdMs) / HOUR_MS;
  if (name === 'budget') return entity.data.daily_budget ?? entity.data.lifetime_budget;
  return name === undefined ? undefined : entity.data[name];
}

function measured(live: LiveWorld, rule: GraphObject, entity: GraphObject, field: string, moment: Moment) {
  const name = field.includes('.') ? (field.split('.').pop() ?? field) : field;
  const tally = tallyOf(live, entity, moment, presetOf(rule));
  return metricOf(name, tally) ?? metricOf(field, tally) ?? entityValue(live, entity, field, moment.atMs);
}

/** Whether an object meets a rule's conditions. A condition the simulator cannot judge is never met. */
export function meetsConditions(live: LiveWorld, rule: GraphObject, entity: GraphObject, moment: Moment): boolean {
  return filtersOf(rule).every((filter) => {
    if (NOT_CONDITIONS.has(filter.field)) return true;
    const value = measured(live, rule, entity, filter.field, moment);
    return value !== undefined && passes(value, filter);
  });
}

/** A trigger fires when its condition begins to hold, at each multiple of a milestone, or on a birth or an edit. */
function isTriggered(live: LiveWorld, rule: GraphObject, entity: GraphObject, moment: Moment): boolean {
  const spec = rule.data.evaluation_spec;
  if (!isObject(spec) || spec.evaluation_type !== 'TRIGGER' || !isObject(spec.trigger)) return true;
  const { type, field, operator, value } = spec.trigger;
  const lastHour = moment.atMs - HOUR_MS;
  if (type === 'METADATA_CREATION') return entity.createdMs >= lastHour && entity.createdMs < moment.atMs;
  if (type === 'METADATA_UPDATE') return entity.updatedMs >= lastHour && entity.updatedMs < moment.atMs;

  const now = measured(live, rule, entity, String(field), moment);
  const memory = memoryOf(rule, entity);
  if (type === 'STATS_MILESTONE') {
    const step = Number(value);
    const reached = step > 0 ? Math.floor(Number(now ?? 0) / step) : 0;
    const isNew = reached > (memory.milestone ?? 0);
    memory.milestone = reached;
    return isNew;
  }
  const holds =
    now !== undefined && passes(now, { field: String(field), operator: String(operator), value: value ?? null });
  const began = holds && memory.held !== true;
  memory.held = holds;
  return began;
}

function memoryOf(rule: GraphObject, entity: GraphObject) {
  const all = rule.hidden.ruleMemory ?? {};
  rule.hidden.ruleMemory = all;
  const memory = all[entity.id] ?? { acts: 0 };
  all[entity.id] = memory;
  return memory;
}

/** Whether the rule's schedule has it run at the end of this hour. Semi-hourly and triggered rules run every hour. */
function isDue(rule: GraphObject, { zone, atMs }: Moment): boolean {
  const spec = rule.data.schedule_spec;
  if (!isObject(spec)) return true;
  const clock = accountClock(zone);
  const { hour, weekday } = clock.local(clock.bucketAt(atMs));
  if (spec.schedule_type === 'DAILY') return hour === 0;
  if (spec.schedule_type !== 'CUSTOM' || !Array.isArray(spec.schedule)) return true;
  return spec.schedule.filter(isObject).some((item) => {
    const days = Array.isArray(item.days) ? item.days.map(Number) : null;
    const start = Number(item.start_minute ?? 0);
    const end = Number(item.end_minute ?? start);
    const isInTime = end > start ? hour * 60 >= start && hour * 60 <= end : Math.floor(start / 60) === hour;
    return isInTime && (days === null || days.includes(weekday));
  });
}

function isRested(rule: GraphObject, entity: GraphObject, atMs: number): boolean {
  const memory = memoryOf(rule, entity);
  const limit = Number(optionOf(rule, 'execution_count_limit') ?? Number.POSITIVE_INFINITY);
  if (memory.acts >= limit) return false;
  const minutes = optionOf(rule, 'action_frequency');
  const usual = executionType(rule).startsWith('CHANGE_') ? CHANGE_EVERY_MS : 0;
  const everyMs = minutes === undefined ? usual : Number(minutes) * MINUTE_MS;
  return memory.actedMs === undefined || atMs - memory.actedMs >= everyMs;
}

/** Runs one rule on everything it governs; tells what it did. */
export function runRule(live: LiveWorld, rule: GraphObject, moment: Moment, isManual = false): JsonObject[] {
  const kind = kindOf(rule);
  if (!kind) return [];
  const results: JsonObject[] = [];
  for (const entity of objectsOf(live.world, kind, rule.account)) {
    if (entity.status === 'DELETED' || entity.status === 'ARCHIVED') continue;
    if (!isManual && !isTriggered(live, rule, entity, moment)) continue;
    if (!meetsConditions(live, rule, entity, moment) || !isRested(rule, entity, moment.atMs)) continue;
    const deed = carryOutRule(live, rule, entity, moment.atMs);
    if (!deed) continue;
    const memory = memoryOf(rule, entity);
    memory.acts++;
    memory.actedMs = moment.atMs;
    results.push({ object_id: entity.id, object_type: entity.kind.toUpperCase(), actions: [deed] });
    if (deed.field !== '') logDeed(live, rule, entity, deed, moment.atMs);
  }
  if (results.length === 0) return results;

  noteInHistory(rule, moment.atMs, results, isManual);
  const execution = rule.data.execution_spec;
  if (isObject(execution) && execution.is_once_off === true) rule.data.rule_status = 'DISABLED';
  return results;
}

function logDeed(live: LiveWorld, rule: GraphObject, entity: GraphObject, deed: Deed, atMs: number): void {
  const noun = entity.kind === 'adset' ? 'ad_set' : entity.kind;
  const what = deed.field === 'status' ? 'run_status' : deed.field === 'bid_amount' ? 'bid_info' : 'budget';
  live.world.activities.push({
    account: entity.account,
    atMs,
    eventType: `update_${noun}_${what}`,
    objectId: entity.id,
    objectName: textOf(entity, 'name') ?? '',
    objectType: entity.kind.toUpperCase(),
    actorName: `Automated rule: ${textOf(rule, 'name') ?? ''}`,
    extra: { old_value: deed.old_value, new_value: deed.new_value },
  });
}

/** Runs the account's rules at the end of an hour; tells whether anything in the account changed. */
export function runRules(live: LiveWorld, rules: readonly GraphObject[], moment: Moment): boolean {
  let hasChanged = false;
  for (const rule of rules) {
    if (rule.createdMs >= moment.atMs || rule.data.rule_status === 'DISABLED' || !isDue(rule, moment)) continue;
    if (runRule(live, rule, moment).length > 0) hasChanged = true;
  }
  return hasChanged;
}
