import type { Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { invalid, missing } from '../wire/errors';
import { readInteger, readText } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { accountOf, removeObject, touch } from './shared';

const THREE_HOURS_S = 3 * 3600;

/** High-demand periods of a campaign or ad set. Kept and read back; delivery does not follow them. */
export const scheduleEdge: Edge = {
  objects: (context, parent) =>
    objectsOf(context.world, 'budgetschedule', parent.account).filter(
      (one) => one.data.ad_object_id === parent.id && one.status !== 'DELETED',
    ),
  create: (context, parent) => {
    requireWrite(context, accountOf(context, parent));
    const { params } = context;
    const value = readInteger(params, 'budget_value');
    const start = readInteger(params, 'time_start');
    const end = readInteger(params, 'time_end');
    if (value === undefined) throw missing('budget_value');
    if (readText(params, 'budget_value_type') === undefined) throw missing('budget_value_type');
    if (start === undefined) throw missing('time_start');
    if (end === undefined) throw missing('time_end');
    if (end - start < THREE_HOURS_S) throw invalid('A high demand period must last at least 3 hours');

    const schedule = makeObject(context.world, {
      kind: 'budgetschedule',
      account: parent.account,
      nowMs: context.nowMs,
      data: {
        ad_object_id: parent.id,
        budget_value: value,
        budget_value_type: readText(params, 'budget_value_type'),
        time_start: start,
        time_end: end,
      },
    });
    touch(context, schedule);
    return { id: schedule.id };
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
