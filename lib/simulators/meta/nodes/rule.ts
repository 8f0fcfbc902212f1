import type { Context, Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { readName } from '../validate/common';
import { invalid, missing } from '../wire/errors';
import { has, isObject, readEnum, readObject, readText } from '../wire/params';
import { objectsOf, textOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, JsonObject } from '../world/types';
import { accountOf, COMMON_READERS, touch } from './shared';

const EXECUTION_TYPES = new Set([
  'NOTIFICATION',
  'PAUSE',
  'UNPAUSE',
  'CHANGE_BUDGET',
  'CHANGE_CAMPAIGN_BUDGET',
  'CHANGE_BID',
  'ROTATE',
  'REBALANCE_BUDGET',
  'PING_ENDPOINT',
  'UPDATE_CREATIVE',
]);
const MOST_RULES = 250;

function readSpecs(context: Context): JsonObject {
  const evaluation = readObject(context.params, 'evaluation_spec');
  const execution = readObject(context.params, 'execution_spec');
  const fields: JsonObject = {};
  if (evaluation) {
    const filters = Array.isArray(evaluation.filters) ? evaluation.filters.filter(isObject) : [];
    if (evaluation.evaluation_type !== 'SCHEDULE' && evaluation.evaluation_type !== 'TRIGGER')
      throw invalid('Param evaluation_spec[evaluation_type] must be one of {SCHEDULE, TRIGGER}');
    if (!filters.some((filter) => filter.field === 'entity_type'))
      throw invalid('evaluation_spec[filters] must include entity_type');
    if (!filters.some((filter) => filter.field === 'time_preset'))
      throw invalid('evaluation_spec[filters] must include time_preset');
    fields.evaluation_spec = evaluation;
  }
  if (execution) {
    if (!EXECUTION_TYPES.has(String(execution.execution_type)))
      throw invalid(`Param execution_spec[execution_type] must be one of {${[...EXECUTION_TYPES].join(', ')}}`);
    fields.execution_spec = execution;
  }
  const schedule = readObject(context.params, 'schedule_spec');
  if (schedule) fields.schedule_spec = schedule;
  return fields;
}

/** `act_X/adrules_library`. PAUSE rules are carried out at each hour's end; the others are kept and read back. */
export const ruleEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'adrule', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    const name = readName(context.params);
    const specs = readSpecs(context);
    if (!specs.evaluation_spec) throw missing('evaluation_spec');
    if (!specs.execution_spec) throw missing('execution_spec');
    if (objectsOf(context.world, 'adrule', account.id).length >= MOST_RULES)
      throw invalid('Too many rules in this account');
    const rule = makeObject(context.world, {
      kind: 'adrule',
      account: account.id,
      nowMs: context.nowMs,
      data: {
        name,
        rule_status: readText(context.params, 'status') ?? 'ENABLED',
        created_by: { id: context.world.userId },
        ...specs,
      },
    });
    touch(context, rule);
    return { id: rule.id };
  },
};

function updateRule(context: Context, rule: GraphObject): JsonObject {
  requireWrite(context, accountOf(context, rule));
  Object.assign(rule.data, readSpecs(context));
  if (has(context.params, 'name')) rule.data.name = readName(context.params);
  const status = readEnum(context.params, 'status', ['ENABLED', 'DISABLED', 'DELETED']);
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
    history: { answer: (_context, rule) => ({ data: Array.isArray(rule.data.history) ? rule.data.history : [] }) },
  },
  update: updateRule,
  remove: (context, rule) => {
    requireWrite(context, accountOf(context, rule));
    rule.status = 'DELETED';
    touch(context, rule);
    return { success: true };
  },
};
