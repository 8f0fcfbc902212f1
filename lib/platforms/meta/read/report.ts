import { AppError } from '../../../domain/errors';
import { type Clock, systemClock } from '../../../runtime/clock';
import type { AccountAccess } from '../../port';
import { metaFailure, metaSilence } from '../errors';
import { listAll } from '../paging';
import { type InsightRowSeen, insightRowSchema, reportRunSchema, reportStateSchema } from '../schemas';
import { type MetaApi, metaApi } from '../transport';
import type { GraphParams } from '../wire';

const FAILED = new Set(['Job Failed', 'Job Skipped']);

/**
 * The same rows as a synchronous question, made by Meta in the background: for questions too heavy to be answered at once.
 * @param deadlineMs how long to wait for the report (real time).
 */
export async function runReport(
  access: AccountAccess,
  ownerId: string,
  params: GraphParams,
  keyOf: (row: InsightRowSeen) => string,
  {
    clock = systemClock,
    deadlineMs = 10 * 60_000,
    pollMs = 3_000,
  }: { clock?: Clock; deadlineMs?: number; pollMs?: number } = {},
): Promise<InsightRowSeen[]> {
  const api = metaApi(access);
  // Asking twice costs a second report, nothing else: it may be sent again.
  const { report_run_id: runId } = await api.parsed(
    { method: 'POST', path: [ownerId, 'insights'], params, isRead: true },
    reportRunSchema,
  );
  const until = clock.now().getTime() + deadlineMs;
  while (!(await isReady(api, runId))) {
    if (clock.now().getTime() > until) throw unfinished(runId, 'the report took too long');
    await clock.sleep(pollMs);
  }
  return listAll(api, [runId, 'insights'], { limit: 500 }, insightRowSchema, keyOf);
}

async function isReady(api: MetaApi, runId: string): Promise<boolean> {
  try {
    const state = await api.get([runId], { fields: 'id,async_status,async_percent_completion' }, reportStateSchema);
    if (FAILED.has(state.async_status)) throw unfinished(runId, state.async_status);
    return state.async_status === 'Job Completed' && state.async_percent_completion >= 100;
  } catch (error) {
    // A report that was just ordered may not be readable yet.
    if (error instanceof AppError && metaFailure(error)?.reason === 'object_missing') return false;
    throw error;
  }
}

function unfinished(runId: string, message: string): AppError {
  return metaSilence(
    { method: 'GET', path: runId, isWrite: false, mayHaveArrived: true, status: 200 },
    { reason: 'unreadable_answer', message },
  );
}
