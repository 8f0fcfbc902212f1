import { dayToIso } from '../../market/market';
import type { Context, NodeType } from '../graph/context';
import { requestedFields } from '../graph/requested-fields';
import { insightsBody, levelOf } from '../insights/edge';
import { GraphError, notFound } from '../wire/errors';
import { isObject, type Params } from '../wire/params';
import type { GraphObject } from '../world/types';

function percentOf(context: Context, run: GraphObject): number {
  const delay = context.host.asyncDelayMs;
  const { stalledReport: stalled } = run.hidden;
  const isStalled = stalled !== undefined && (stalled.untilMs === null || context.nowMs < stalled.untilMs);
  const most = run.hidden.failure ? 64 : isStalled ? stalled.percent : 100;
  return delay === 0 ? most : Math.min(most, Math.floor(((context.nowMs - run.createdMs) / delay) * 100));
}

const KEPT_MS = 30 * 86_400_000;

/** Reports are kept for thirty days; then they have to be asked for anew. */
function statusOf(context: Context, run: GraphObject): string {
  const percent = percentOf(context, run);
  if (run.hidden.failure) return percent >= 50 ? 'Job Failed' : 'Job Running';
  if (run.hidden.expiredReport || context.nowMs - run.createdMs > KEPT_MS) return 'Job Skipped';
  if (percent >= 100) return 'Job Completed';
  return percent < 10 ? 'Job Started' : 'Job Running';
}

function savedParams(run: GraphObject): Params {
  const params: Params = {};
  for (const [key, value] of Object.entries(isObject(run.data.params) ? run.data.params : {}))
    if (value !== undefined) params[key] = value;
  return params;
}

/** An asynchronous insights report. */
export const REPORT_RUN: NodeType = {
  kind: 'reportrun',
  typeName: 'AdReportRun',
  fields:
    `account_id async_status async_percent_completion time_ref time_completed date_start date_stop is_running is_bookmarked schedule_id
    error_code error_message error_subcode error_user_title error_user_msg emails friendly_name is_async_export`.split(
      /\s+/,
    ),
  defaultFields: [
    'id',
    'account_id',
    'time_ref',
    'time_completed',
    'async_status',
    'async_percent_completion',
    'date_start',
    'date_stop',
    'is_running',
    'is_bookmarked',
    'error_code',
    'error_message',
    'error_subcode',
    'error_user_title',
    'error_user_msg',
  ],
  read: {
    account_id: (_context, run) => run.account.replace('act_', ''),
    async_percent_completion: percentOf,
    async_status: (context, run) => statusOf(context, run),
    error_code: (_context, run) => run.hidden.failure?.error_code,
    error_subcode: (_context, run) => run.hidden.failure?.error_subcode,
    error_message: (_context, run) => run.hidden.failure?.error_message,
    error_user_title: (_context, run) => run.hidden.failure?.error_user_title,
    error_user_msg: (_context, run) => run.hidden.failure?.error_user_msg,
    time_ref: (_context, run) => Math.floor(run.createdMs / 1000),
    time_completed: (context, run) =>
      percentOf(context, run) >= 100 ? Math.floor((run.createdMs + context.host.asyncDelayMs) / 1000) : 0,
    date_start: (_context, run) => dayToIso(Number(run.data.since)),
    date_stop: (_context, run) => dayToIso(Number(run.data.until)),
    is_running: (context, run) => statusOf(context, run).endsWith('ing') || statusOf(context, run) === 'Job Started',
    is_bookmarked: () => false,
  },
  edges: {
    insights: {
      answer: (context, run, params) => {
        if (run.hidden.failure) throw new GraphError({ code: 2601, message: '(#2601) The report has failed' });
        if (statusOf(context, run) === 'Job Skipped') throw notFound(run.id);
        if (percentOf(context, run) < 100)
          throw new GraphError({ code: 2601, message: '(#2601) The report is not ready yet', isTransient: true });
        const parent = context.world.objects[String(run.data.parent)];
        if (!parent) throw notFound(run.id);
        const saved = savedParams(run);
        const merged: Params = { ...saved };
        for (const key of ['limit', 'after', 'before', 'summary', 'default_summary'])
          if (params[key] !== undefined) merged[key] = params[key] ?? '';
        return insightsBody(context, parent, levelOf(parent), merged, requestedFields(saved), run);
      },
    },
  },
};
