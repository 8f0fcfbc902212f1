import { minimumBudgets } from '../validate/budget';
import { isObject } from '../wire/params';
import { type LiveWorld, textOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject } from '../world/types';

/** What a rule did to one object, as its history tells it. */
export type Deed = { action: string; field: string; old_value: string; new_value: string };

export function optionOf(rule: GraphObject, field: string): Json | undefined {
  const execution = rule.data.execution_spec;
  const options = isObject(execution) && Array.isArray(execution.execution_options) ? execution.execution_options : [];
  return options.filter(isObject).find((option) => option.field === field)?.value;
}

export function executionType(rule: GraphObject): string {
  const execution = rule.data.execution_spec;
  return isObject(execution) ? String(execution.execution_type) : '';
}

/** Carries out a rule on one object; null where there is nothing to change. */
export function carryOutRule(live: LiveWorld, rule: GraphObject, entity: GraphObject, atMs: number): Deed | null {
  switch (executionType(rule)) {
    case 'PAUSE':
      return switchTo('PAUSED', entity, atMs);
    case 'UNPAUSE':
      return switchTo('ACTIVE', entity, atMs);
    case 'CHANGE_BUDGET':
      return changeBudget(live, rule, entity);
    case 'CHANGE_CAMPAIGN_BUDGET':
      return changeBudget(live, rule, campaignOf(live, entity));
    case 'CHANGE_BID':
      return changeBid(rule, entity);
    default:
      // Notifications, pings and the rest change nothing in the account; their history shows that they ran.
      return { action: executionType(rule), field: '', old_value: '', new_value: '' };
  }
}

function campaignOf(live: LiveWorld, entity: GraphObject): GraphObject {
  return live.world.objects[textOf(entity, 'campaign_id') ?? ''] ?? entity;
}

function switchTo(status: 'PAUSED' | 'ACTIVE', entity: GraphObject, atMs: number): Deed | null {
  const from = status === 'PAUSED' ? 'ACTIVE' : 'PAUSED';
  if (entity.status !== from) return null;
  entity.status = status;
  entity.statusMs = atMs;
  entity.updatedMs = atMs;
  return { action: status === 'PAUSED' ? 'PAUSED' : 'UNPAUSED', field: 'status', old_value: from, new_value: status };
}

/** change_spec: an amount of the account's currency in minor units, or per cent; negative ones lower. */
function changed(rule: GraphObject, held: number): number | null {
  const spec = optionOf(rule, 'change_spec');
  if (!isObject(spec)) return null;
  const amount = Number(spec.amount ?? 0);
  const wanted = spec.unit === 'PERCENTAGE' ? held * (1 + amount / 100) : held + amount;
  const limit = spec.limit === undefined ? null : Number(spec.limit);
  const limited = limit === null ? wanted : amount < 0 ? Math.max(wanted, limit) : Math.min(wanted, limit);
  // A limit on the far side of what is held never turns a raise into a cut.
  return Math.round(amount < 0 ? Math.min(held, limited) : Math.max(held, limited));
}

function changeBudget(live: LiveWorld, rule: GraphObject, holder: GraphObject): Deed | null {
  const field = Number(holder.data.daily_budget ?? 0) > 0 ? 'daily_budget' : 'lifetime_budget';
  const held = Number(holder.data[field] ?? 0);
  const account = live.world.objects[holder.account];
  const wanted = held > 0 ? changed(rule, held) : null;
  if (wanted === null || !account) return null;
  const next = Math.max(wanted, Math.min(held, minimumBudgets(live.world, account).impressions));
  if (next === held) return null;
  holder.data[field] = String(next);
  return { action: 'CHANGED_BUDGET', field, old_value: String(held), new_value: String(next) };
}

function changeBid(rule: GraphObject, entity: GraphObject): Deed | null {
  const held = Number(entity.data.bid_amount ?? 0);
  const wanted = held > 0 ? changed(rule, held) : null;
  if (wanted === null || wanted === held || wanted < 1) return null;
  entity.data.bid_amount = wanted;
  return { action: 'CHANGED_BID', field: 'bid_amount', old_value: String(held), new_value: String(wanted) };
}

const MOST_HISTORY = 200;

/** One run of a rule in its history, newest first. */
export function noteInHistory(rule: GraphObject, atMs: number, results: JsonObject[], isManual: boolean): void {
  const history = Array.isArray(rule.data.history) ? rule.data.history : [];
  const entry: JsonObject = {
    timestamp: new Date(atMs).toISOString().replace('.000Z', '+0000'),
    rule_id: Number(rule.id.slice(-9)),
    rule_name: rule.data.name,
    evaluation_spec: rule.data.evaluation_spec,
    execution_spec: rule.data.execution_spec,
    schedule_spec: rule.data.schedule_spec,
    is_manual: isManual,
    results,
  };
  rule.data.history = [entry, ...history].slice(0, MOST_HISTORY);
}
