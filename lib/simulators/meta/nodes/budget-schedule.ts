import type { Context, Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { invalid, missing } from '../wire/errors';
import { isObject, type Params, readBoolean, readEnum, readInteger, readList } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, JsonObject } from '../world/types';
import { accountOf, removeObject, touch } from './shared';

const THREE_HOURS_S = 3 * 3600;
const MOST_PERIODS = 50;

type Period = { budget_value: number; budget_value_type: string; time_start: number; time_end: number };

/** One high-demand period: at least three hours long, planned at least three hours ahead, never beside its neighbours. */
function readPeriod(params: Params, nowMs: number): Period {
  const value = readInteger(params, 'budget_value');
  const type = readEnum(params, 'budget_value_type', ['ABSOLUTE', 'MULTIPLIER']);
  const start = readInteger(params, 'time_start');
  const end = readInteger(params, 'time_end');
  if (value === undefined) throw missing('budget_value');
  if (type === undefined) throw missing('budget_value_type');
  if (start === undefined) throw missing('time_start');
  if (end === undefined) throw missing('time_end');
  if (value <= 0) throw invalid('Param budget_value must be greater than 0');
  if (end - start < THREE_HOURS_S) throw invalid('A high demand period must last at least 3 hours');
  if (start * 1000 - nowMs < THREE_HOURS_S * 1000)
    throw invalid('A high demand period must be scheduled at least 3 hours ahead');
  return { budget_value: value, budget_value_type: type, time_start: start, time_end: end };
}

function periodsOf(context: Context, parent: GraphObject): GraphObject[] {
  return objectsOf(context.world, 'budgetschedule', parent.account).filter(
    (one) => one.data.ad_object_id === parent.id && one.status !== 'DELETED',
  );
}

function checkRoom(held: readonly JsonObject[], added: Period): void {
  if (held.length >= MOST_PERIODS) throw invalid(`At most ${MOST_PERIODS} high demand periods are possible`);
  const clash = held.some((one) => Number(one.time_start) < added.time_end && added.time_start < Number(one.time_end));
  if (clash) throw invalid('High demand periods must not overlap');
}

/** `budget_schedule_specs` of a create or update call; undefined when none were given. */
export function readBudgetSchedules(context: Context, parent: GraphObject | null): Period[] | undefined {
  const specs = readList(context.params, 'budget_schedule_specs');
  if (specs === undefined) return undefined;
  if (readBoolean(context.params, 'is_budget_schedule_enabled') === false) return [];
  const held: JsonObject[] = parent ? periodsOf(context, parent).map((one) => one.data) : [];
  return specs.map((spec) => {
    if (!isObject(spec)) throw invalid('Param budget_schedule_specs must be a list of objects');
    const params: Params = {};
    for (const [key, value] of Object.entries(spec)) if (value !== undefined) params[key] = value;
    const period = readPeriod(params, context.nowMs);
    checkRoom(held, period);
    held.push(period);
    return period;
  });
}

/** Stores periods that were read and checked before. */
export function addBudgetSchedules(context: Context, parent: GraphObject, periods: readonly Period[]): GraphObject[] {
  return periods.map((period) =>
    makeObject(context.world, {
      kind: 'budgetschedule',
      account: parent.account,
      nowMs: context.nowMs,
      data: { ad_object_id: parent.id, ...period },
    }),
  );
}

export function hasBudgetSchedule(context: Context, parent: GraphObject): boolean {
  return periodsOf(context, parent).length > 0;
}

/** High-demand periods of a campaign or ad set; delivery spends their money on top of the daily budget. */
export const scheduleEdge: Edge = {
  objects: (context, parent) => periodsOf(context, parent),
  create: (context, parent) => {
    requireWrite(context, accountOf(context, parent));
    const period = readPeriod(context.params, context.nowMs);
    if (Number(parent.data.daily_budget ?? 0) <= 0)
      throw invalid('High demand periods need a daily budget on this object');
    checkRoom(
      periodsOf(context, parent).map((one) => one.data),
      period,
    );
    const [made] = addBudgetSchedules(context, parent, [period]);
    if (!made) throw invalid('The period could not be stored');
    touch(context, made);
    return { id: made.id };
  },
};

export const BUDGET_SCHEDULE: NodeType = {
  kind: 'budgetschedule',
  typeName: 'HighDemandPeriod',
  fields: [
    'ad_object_id',
    'budget_value',
    'budget_value_type',
    'time_start',
    'time_end',
    'recurrence_type',
    'weekly_schedule',
  ],
  read: { recurrence_type: () => 'ONE_TIME' },
  edges: {},
  remove: removeObject,
};
