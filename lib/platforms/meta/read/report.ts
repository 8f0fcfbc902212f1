import type * as z from 'zod';
import { AppError } from '../../../domain/errors';
import { type Clock, systemClock } from '../../../runtime/clock';
import type { AccountAccess } from '../../port';
import { type MetaFailureDetails, metaFailure } from '../errors';
import { listAll } from '../paging';
import { reportRunSchema, reportStateSchema } from '../schemas';
import { metaApi } from '../transport';
import type { GraphParams } from '../wire';

/**
 * Reports Meta makes in the background, for questions too heavy to be answered at once. Three steps of our own (order, look,
 * read), so that a run can be taken up again by whoever knows its id: it lives for 30 days at Meta.
 */
export type ReportState =
  | { kind: 'running'; percent: number }
  | { kind: 'ready' }
  /** Meta gave up, or the run is too old: order it anew, smaller where it was too much. */
  | { kind: 'failed'; why: 'failed' | 'expired' | 'too_much_data'; message: string };

/** Codes of a failed run that mean: ask for less. */
const TOO_MUCH = new Set([-3, 1504045, 1504018, 1487534]);

/** Orders a report. Ordering twice costs a second report, nothing else: it is asked again after a hiccup. */
export async function submitReport(access: AccountAccess, ownerId: string, params: GraphParams): Promise<string> {
  const { report_run_id: runId } = await metaApi(access).parsed(
    { method: 'POST', path: [ownerId, 'insights'], params, isRead: true },
    reportRunSchema,
  );
  return runId;
}

/** How far a report is. One that was just ordered may not be readable yet: it is running. */
export async function reportState(access: AccountAccess, runId: string): Promise<ReportState> {
  const fields =
    'id,async_status,async_percent_completion,error_code,error_subcode,error_message,error_user_title,error_user_msg';
  const state = await metaApi(access)
    .get([runId], { fields }, reportStateSchema)
    .catch((error: unknown) => {
      if (error instanceof AppError && metaFailure(error)?.reason === 'object_missing') return null;
      throw error;
    });
  if (!state) return { kind: 'running', percent: 0 };
  const { async_status: status, async_percent_completion: percent } = state;
  if (status === 'Job Skipped') return { kind: 'failed', why: 'expired', message: status };
  if (status === 'Job Failed') {
    const isHeavy = [state.error_code, state.error_subcode].some((code) => code !== undefined && TOO_MUCH.has(code));
    const message = state.error_message ?? status;
    return { kind: 'failed', why: isHeavy ? 'too_much_data' : 'failed', message: metaApi(access).clean(message) };
  }
  return status === 'Job Completed' && percent >= 100 ? { kind: 'ready' } : { kind: 'running', percent };
}

/** Every row of a report that is ready. */
export function readReport<T extends z.ZodType>(
  access: AccountAccess,
  runId: string,
  row: T,
  keyOf: (row: z.infer<T>) => string,
): Promise<z.infer<T>[]> {
  return listAll(metaApi(access), [runId, 'insights'], { limit: 500 }, row, keyOf);
}

export type ReportWait = {
  clock?: Clock;
  /** How long to wait for the report, real milliseconds. */
  deadlineMs?: number;
  pollMs?: number;
  /** A run ordered before: it is taken up where it is, and ordered anew where it came to nothing. */
  runId?: string;
  /** When that run was ordered, real milliseconds; now when left out. */
  orderedAt?: number;
  /** Told of every order before it is waited for, so that another process can go on with it. */
  onOrdered?: (runId: string) => Promise<void>;
};

/** A report that stands still for so long is not waited for any longer: it is ordered anew. */
const STALLED_MS = 20 * 60_000;

/** The run an unfinished report left behind, from the error that told of it; null for any other error. */
export function unfinishedRun(error: unknown): string | null {
  const runId = error instanceof AppError ? error.details.reportRunId : undefined;
  return typeof runId === 'string' ? runId : null;
}

/**
 * The same rows as a synchronous question. A run that expired is ordered once more.
 * @throws AppError platform_retry_later when the time is up or Meta gave up (`unfinishedRun` gives the run to resume);
 * platform_fix_input (too_much_data) when less must be asked for
 */
export async function runReport<T extends z.ZodType>(
  access: AccountAccess,
  ownerId: string,
  params: GraphParams,
  row: T,
  keyOf: (row: z.infer<T>) => string,
  wait: ReportWait = {},
): Promise<z.infer<T>[]> {
  const { clock = systemClock, deadlineMs = 10 * 60_000, pollMs = 3_000, onOrdered, runId: earlier } = wait;
  const order = async () => {
    const ordered = await submitReport(access, ownerId, params);
    await onOrdered?.(ordered);
    return ordered;
  };
  let runId = earlier ?? (await order());
  let ordersLeft = 1;
  const until = clock.now().getTime() + deadlineMs;
  let orderedAt = wait.orderedAt ?? clock.now().getTime();
  for (;;) {
    const state = await reportState(access, runId);
    if (state.kind === 'ready') return readReport(access, runId, row, keyOf);
    if (state.kind === 'failed') {
      // What failed while nobody looked is ordered once more; what fails under our eyes is left for a later try.
      const again = state.why === 'expired' || (state.why === 'failed' && runId === earlier);
      if (!again || ordersLeft === 0) throw ended(runId, state);
      ordersLeft -= 1;
      runId = await order();
      orderedAt = clock.now().getTime();
    } else if (ordersLeft > 0 && clock.now().getTime() - orderedAt > STALLED_MS) {
      ordersLeft -= 1;
      runId = await order();
      orderedAt = clock.now().getTime();
    } else if (clock.now().getTime() > until) {
      throw unfinished(runId, 'the report took too long', 60_000);
    }
    await clock.sleep(pollMs);
  }
}

function ended(runId: string, state: Extract<ReportState, { kind: 'failed' }>): AppError {
  if (state.why !== 'too_much_data') return unfinished(null, `the report ended: ${state.message}`, 5 * 60_000);
  return new AppError('platform_fix_input', detailsOf(runId, 'too_much_data', state.message, null));
}

function unfinished(runId: string | null, message: string, retryAfterMs: number): AppError {
  const details = detailsOf(runId ?? '', 'unreadable_answer', message, retryAfterMs);
  return new AppError('platform_retry_later', runId === null ? details : { ...details, reportRunId: runId });
}

function detailsOf(
  runId: string,
  reason: MetaFailureDetails['reason'],
  message: string,
  retryAfterMs: number | null,
): MetaFailureDetails {
  return {
    platform: 'meta',
    reason,
    retryAfterMs,
    method: 'GET',
    path: runId,
    status: 200,
    metaCode: null,
    metaSubcode: null,
    userTitle: null,
    userMessage: null,
    traceId: null,
    message,
    blamed: [],
    versionWarning: null,
  };
}
