import { accountClock } from '../../market/market';
import { effectiveStatus } from '../status/effective-status';
import { type Filter, passes } from '../wire/filtering';
import { isObject } from '../wire/params';
import { childrenOf, deliveryOf, type LiveWorld, objectsOf, textOf } from '../world/live-world';
import type { GraphObject, Json, JsonObject, ObjectKind } from '../world/types';

const KINDS: Record<string, ObjectKind> = { AD: 'ad', ADSET: 'adset', CAMPAIGN: 'campaign' };
const DAYS: Record<string, [number, number]> = {
  TODAY: [0, 0],
  YESTERDAY: [1, 1],
  LAST_2_DAYS: [2, 1],
  LAST_3_DAYS: [3, 1],
  LAST_3D: [3, 1],
  LAST_7_DAYS: [7, 1],
  LAST_7D: [7, 1],
  LAST_14_DAYS: [14, 1],
  LAST_14D: [14, 1],
  LAST_30_DAYS: [30, 1],
  LAST_30D: [30, 1],
  LIFETIME: [40_000, 0],
  MAXIMUM: [40_000, 0],
};
const HOUR_MS = 3_600_000;
const MOST_HISTORY = 200;

/** Rules of an account that may change something. */
export function pausingRules(live: LiveWorld, account: GraphObject): GraphObject[] {
  return objectsOf(live.world, 'adrule', account.id).filter((rule) => {
    const execution = rule.data.execution_spec;
    const pauses = isObject(execution) && execution.execution_type === 'PAUSE';
    return pauses && rule.status === 'ACTIVE' && rule.data.rule_status !== 'DISABLED';
  });
}

function filtersOf(rule: GraphObject): Filter[] {
  const spec = rule.data.evaluation_spec;
  const filters = isObject(spec) && Array.isArray(spec.filters) ? spec.filters.filter(isObject) : [];
  return filters.map(({ field, operator, value }) => ({
    field: String(field),
    operator: String(operator),
    value: value ?? null,
  }));
}

type Sums = { spent: number; impressions: number; clicks: number; results: number };

function sumsOf(live: LiveWorld, entity: GraphObject, zone: string, today: number, preset: string): Sums {
  const clock = accountClock(zone);
  const [back, skip] = DAYS[preset] ?? [0, 0];
  const from = clock.firstBucketOf(Math.max(0, today - back));
  const to = clock.firstBucketOf(today - skip + 1);
  const sums = { spent: 0, impressions: 0, clicks: 0, results: 0 };
  for (const ad of entity.kind === 'ad' ? [entity] : childrenOf(live.world, entity, 'ad')) {
    const delivery = deliveryOf(live, ad.id);
    for (let at = delivery.buckets.length - 1; at >= 0; at--) {
      const bucket = delivery.buckets[at] ?? 0;
      const cell = delivery.cells[at];
      if (bucket < from) break;
      if (!cell || bucket >= to) continue;
      sums.spent += cell.spendMinor;
      sums.impressions += cell.impressions;
      sums.clicks += cell.clicks;
    }
    sums.results += delivery.conversions.filter((one) => one.bucket >= from && one.bucket < to).length;
  }
  return sums;
}

function metric(name: string, sums: Sums): number | undefined {
  switch (name) {
    case 'spent':
      return sums.spent;
    case 'impressions':
      return sums.impressions;
    case 'clicks':
      return sums.clicks;
    case 'results':
      return sums.results;
    case 'cpc':
      return sums.clicks > 0 ? sums.spent / sums.clicks : undefined;
    case 'cost_per':
    case 'cost_per_result':
      return sums.results > 0 ? sums.spent / sums.results : undefined;
    default:
      return undefined;
  }
}

function entityValue(live: LiveWorld, entity: GraphObject, field: string, atMs: number): Json | undefined {
  if (field === 'id' || field === `${entity.kind}.id`) return entity.id;
  if (field === 'campaign.id') return entity.data.campaign_id;
  if (field === 'adset.id') return entity.data.adset_id;
  if (field === 'name') return entity.data.name;
  if (field === 'effective_status') return effectiveStatus(live.world, entity, atMs);
  if (field === 'hours_since_creation') return (atMs - entity.createdMs) / HOUR_MS;
  return undefined;
}

type Moment = { zone: string; today: number; atMs: number };

function fits(live: LiveWorld, rule: GraphObject, entity: GraphObject, { zone, today, atMs }: Moment): boolean {
  const filters = filtersOf(rule);
  const preset = String(filters.find((filter) => filter.field === 'time_preset')?.value ?? 'TODAY');
  const sums = sumsOf(live, entity, zone, today, preset);
  return filters.every((filter) => {
    if (['entity_type', 'time_preset', 'attribution_window'].includes(filter.field)) return true;
    const value = metric(filter.field, sums) ?? entityValue(live, entity, filter.field, atMs);
    // A condition the simulator cannot judge never fires the rule.
    return value !== undefined && passes(value, filter);
  });
}

function pause(live: LiveWorld, rule: GraphObject, entity: GraphObject, atMs: number): void {
  entity.status = 'PAUSED';
  entity.statusMs = atMs;
  entity.updatedMs = atMs;
  const history = Array.isArray(rule.data.history) ? rule.data.history : [];
  const actions = [{ action: 'PAUSED', field: 'status', old_value: 'ACTIVE', new_value: 'PAUSED' }];
  const entry: JsonObject = {
    timestamp: new Date(atMs).toISOString().replace('.000Z', '+0000'),
    rule_id: Number(rule.id.slice(-9)),
    rule_name: rule.data.name,
    is_manual: false,
    results: [{ object_id: entity.id, object_type: entity.kind.toUpperCase(), actions }],
  };
  rule.data.history = [entry, ...history].slice(0, MOST_HISTORY);
  live.world.activities.push({
    account: entity.account,
    atMs,
    eventType: `update_${entity.kind === 'adset' ? 'ad_set' : entity.kind}_run_status`,
    objectId: entity.id,
    objectName: textOf(entity, 'name') ?? '',
    objectType: entity.kind.toUpperCase(),
    actorName: `Automated rule: ${textOf(rule, 'name') ?? ''}`,
    extra: { old_value: 'ACTIVE', new_value: 'PAUSED' },
  });
}

/** Carries out the account's pausing rules at the end of an hour; tells whether anything was paused. */
export function runRules(live: LiveWorld, rules: readonly GraphObject[], moment: Moment): boolean {
  let hasPaused = false;
  for (const rule of rules) {
    const type = String(filtersOf(rule).find((filter) => filter.field === 'entity_type')?.value ?? '');
    const kind = KINDS[type.toUpperCase()];
    if (!kind) continue;
    for (const entity of objectsOf(live.world, kind, rule.account)) {
      if (entity.status !== 'ACTIVE' || !fits(live, rule, entity, moment)) continue;
      pause(live, rule, entity, moment.atMs);
      hasPaused = true;
    }
  }
  return hasPaused;
}
