import { accountClock } from '../../market/market';
import { TIME_PRESETS } from '../delivery/rule-metrics';
import { kindOf, meetsConditions, runRule } from '../delivery/rules';
import type { Context, Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { EXECUTION_TYPES } from '../validate/enums';
import { readName } from '../validate/naming';
import { invalid, missing } from '../wire/errors';
import { has, isObject, readEnum, readInteger, readObject, readText, toBoolean } from '../wire/params';
import { objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { accountOf, COMMON_READERS, touch } from './shared';

const MOST_RULES = 250;
const OPERATORS =
  'GREATER_THAN LESS_THAN EQUAL NOT_EQUAL IN_RANGE NOT_IN_RANGE IN NOT_IN CONTAIN NOT_CONTAIN ANY ALL NONE'.split(' ');
const TRIGGERS = [
  'STATS_CHANGE',
  'STATS_MILESTONE',
  'METADATA_CREATION',
  'METADATA_UPDATE',
  'DELIVERY_INSIGHTS_CHANGE',
];
const OPTIONS = [
  'user_ids',
  'change_spec',
  'rebalance_spec',
  'execution_count_limit',
  'action_frequency',
  'alert_preferences',
];
const SCHEDULES = ['SEMI_HOURLY', 'HOURLY', 'DAILY', 'CUSTOM'];

function oneOf(name: string, value: Json | undefined, members: readonly string[]): void {
  if (members.some((member) => member.toLowerCase() === String(value).toLowerCase())) return;
  throw invalid(`Param ${name} must be one of {${members.join(', ')}}`);
}

function checkEvaluation(spec: JsonObject): void {
  oneOf('evaluation_spec[evaluation_type]', spec.evaluation_type, ['SCHEDULE', 'TRIGGER']);
  const filters = Array.isArray(spec.filters) ? spec.filters : [];
  for (const filter of filters) {
    if (!isObject(filter) || typeof filter.field !== 'string')
      throw invalid('Param evaluation_spec[filters] must be a list of {field, operator, value}');
    oneOf('evaluation_spec[filters][operator]', filter.operator, OPERATORS);
  }
  const filterOn = (field: string) => filters.filter(isObject).find((filter) => filter.field === field)?.value;
  if (filterOn('entity_type') === undefined) throw invalid('evaluation_spec[filters] must include entity_type');
  oneOf('evaluation_spec[filters][entity_type]', filterOn('entity_type'), ['AD', 'ADSET', 'CAMPAIGN']);
  if (filterOn('time_preset') === undefined) throw invalid('evaluation_spec[filters] must include time_preset');
  oneOf('evaluation_spec[filters][time_preset]', filterOn('time_preset'), TIME_PRESETS);
  if (spec.evaluation_type !== 'TRIGGER') return;
  if (!isObject(spec.trigger)) throw missing('evaluation_spec[trigger]');
  oneOf('evaluation_spec[trigger][type]', spec.trigger.type, TRIGGERS);
}

function checkExecution(spec: JsonObject): void {
  oneOf('execution_spec[execution_type]', spec.execution_type, EXECUTION_TYPES);
  const options = Array.isArray(spec.execution_options) ? spec.execution_options : [];
  for (const option of options) {
    if (!isObject(option)) throw invalid('Param execution_spec[execution_options] must be a list of objects');
    oneOf('execution_spec[execution_options][field]', option.field, OPTIONS);
  }
  if (!/^CHANGE_/.test(String(spec.execution_type))) return;
  const change = options.filter(isObject).find((option) => option.field === 'change_spec')?.value;
  if (!isObject(change)) throw invalid('execution_spec[execution_options] must include change_spec');
  oneOf('change_spec[unit]', change.unit, ['ACCOUNT_CURRENCY', 'PERCENTAGE']);
  if (!Number.isFinite(Number(change.amount))) throw invalid('Param change_spec[amount] must be a number');
}

function readSpecs(context: Context): JsonObject {
  const evaluation = readObject(context.params, 'evaluation_spec');
  const execution = readObject(context.params, 'execution_spec');
  const schedule = readObject(context.params, 'schedule_spec');
  if (evaluation) checkEvaluation(evaluation);
  if (execution) checkExecution(execution);
  if (schedule) oneOf('schedule_spec[schedule_type]', schedule.schedule_type, SCHEDULES);
  return {
    ...(evaluation ? { evaluation_spec: evaluation } : {}),
    ...(execution ? { execution_spec: execution } : {}),
    ...(schedule ? { schedule_spec: schedule } : {}),
  };
}

/** `act_X/adrules_library`. Rules are carried out at the end of each hour of the world's time. */
export const ruleEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'adrule', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    const name = readName(context.params);
    const specs = readSpecs(context);
    if (!specs.evaluation_spec) throw missing('evaluation_spec');
    if (!specs.execution_spec) throw missing('execution_spec');
    const status = readEnum(context.params, 'status', ['ENABLED', 'DISABLED']) ?? 'ENABLED';
    const held = objectsOf(context.world, 'adrule', account.id).filter((rule) => rule.status !== 'DELETED');
    if (held.length >= MOST_RULES) throw invalid('Too many rules in this account');
    const rule = makeObject(context.world, {
      kind: 'adrule',
      account: account.id,
      nowMs: context.nowMs,
      data: { name, rule_status: status, created_by: { id: context.world.userId }, ...specs },
    });
    touch(context, rule);
    return { id: rule.id };
  },
};

/** `act_X/adrules_history`: what all rules of the account did, newest first. */
export const ruleHistoryEdge: Edge = {
  answer: (context, account, params) => {
    const limit = readInteger(params, 'limit') ?? 25;
    const entries = objectsOf(context.world, 'adrule', account.id).flatMap(historyOf);
    return { data: entries.sort((one, other) => timeOf(other) - timeOf(one)).slice(0, limit) };
  },
};

function historyOf(rule: GraphObject): JsonObject[] {
  return Array.isArray(rule.data.history) ? rule.data.history.filter(isObject) : [];
}

function timeOf(entry: JsonObject): number {
  return Date.parse(String(entry.timestamp).replace('+0000', 'Z'));
}

/** `/{campaign|adset|ad}/adrules_governed`: the rules that look at this object. */
export const governedEdge: Edge = {
  objects: (context, entity, params) => {
    const wanted = toBoolean(params.pass_evaluation);
    return objectsOf(context.world, 'adrule', entity.account)
      .filter((rule) => rule.status !== 'DELETED' && kindOf(rule) === entity.kind)
      .filter((rule) => wanted === undefined || meetsNow(context, rule, entity) === wanted);
  },
};

function momentOf(context: Context, object: GraphObject) {
  const zone = zoneOf(context.world, object);
  return { zone, today: accountClock(zone).dayAt(context.nowMs), atMs: context.nowMs };
}

function meetsNow(context: Context, rule: GraphObject, entity: GraphObject): boolean {
  return meetsConditions(context.live, rule, entity, momentOf(context, entity));
}

function updateRule(context: Context, rule: GraphObject): JsonObject {
  requireWrite(context, accountOf(context, rule));
  const specs = readSpecs(context);
  const status = readEnum(context.params, 'status', ['ENABLED', 'DISABLED', 'DELETED']);
  if (has(context.params, 'name')) rule.data.name = readName(context.params);
  Object.assign(rule.data, specs);
  // What a rule remembered of its objects belonged to its old conditions.
  if (specs.evaluation_spec) rule.hidden.ruleMemory = undefined;
  if (status === 'DELETED') rule.status = 'DELETED';
  else if (status !== undefined) rule.data.rule_status = status;
  touch(context, rule);
  return { success: true };
}

export const ADRULE: NodeType = {
  kind: 'adrule',
  typeName: 'AdRule',
  fields:
    'account_id name status evaluation_spec execution_spec schedule_spec disable_error_code created_by created_time updated_time'.split(
      ' ',
    ),
  read: {
    ...COMMON_READERS,
    status: (_context, rule) => (rule.status === 'DELETED' ? 'DELETED' : (textOf(rule, 'rule_status') ?? 'ENABLED')),
  },
  edges: {
    history: {
      answer: (_context, rule, params) => {
        const about = readText(params, 'object_id');
        const action = readText(params, 'action');
        const entries = historyOf(rule).filter((entry) => {
          const text = JSON.stringify(entry.results);
          return (
            (about === undefined || text.includes(`"${about}"`)) && (action === undefined || text.includes(action))
          );
        });
        return { data: entries.slice(0, readInteger(params, 'limit') ?? 25) };
      },
    },
    execute: {
      create: (context, rule) => {
        requireWrite(context, accountOf(context, rule));
        runRule(context.live, rule, momentOf(context, rule), true);
        touch(context, rule);
        return { success: true };
      },
    },
    preview: {
      create: (context, rule) => {
        const kind = kindOf(rule);
        const met = kind
          ? objectsOf(context.world, kind, rule.account).filter(
              (entity) => entity.status !== 'DELETED' && meetsNow(context, rule, entity),
            )
          : [];
        return {
          data: met.map((entity) => ({ object_id: entity.id, object_type: entity.kind.toUpperCase(), result: true })),
        };
      },
    },
  },
  update: updateRule,
  remove: (context, rule) => {
    requireWrite(context, accountOf(context, rule));
    rule.status = 'DELETED';
    touch(context, rule);
    return { success: true };
  },
};
