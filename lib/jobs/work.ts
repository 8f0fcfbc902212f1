import type { Job, JobResult, PgBoss } from 'pg-boss';
import { AppError } from '../domain/errors';
import { type Clock, systemClock } from '../runtime/clock';
import { describeError, log } from '../runtime/log';
import type { ServiceContext } from '../services/context';
import { askBreaker, scopeOfAccountKey, tellBreaker } from '../services/effects/breaker';
import { newsOfError } from '../services/effects/health-news';
import { type JobEnvelope, jobEnvelope } from './envelope';
import { jobCalled } from './known-jobs';
import { remedyFor } from './outcome';
import { JOB_QUEUES, type JobQueue, LANES } from './queues';
import { sendOptions } from './send';

export type Tally = { running: number; ran: number };

/** Puts handlers on every lane. `tally` lets a bounded drain see when nothing is left to do. */
export async function workLanes(boss: PgBoss, tally: Tally, clock: Clock = systemClock): Promise<void> {
  for (const queue of JOB_QUEUES) {
    const { localConcurrency, batchSize, pollSeconds } = LANES[queue];
    const options = {
      localConcurrency,
      batchSize,
      perJobResults: true,
      includeMetadata: true,
      pollingIntervalSeconds: pollSeconds,
      burstWhenReadyExceeds: 1,
      notifyPollingIntervalSeconds: pollSeconds,
      ...(batchSize > 1 ? { burstWhenBatchFull: true } : {}),
    } as const;
    await boss.work<JobEnvelope, unknown, typeof options>(queue, options, async (jobs) => {
      // One after the other, in the order sent: reactions of a workspace read best that way.
      const results: JobResult[] = [];
      for (const job of jobs) results.push(await handle(boss, queue, job, tally, clock));
      return results;
    });
  }
}

type Held = Job<JobEnvelope> & { singletonKey: string | null };

async function handle(boss: PgBoss, queue: JobQueue, job: Held, tally: Tally, clock: Clock): Promise<JobResult> {
  tally.running += 1;
  const startedAt = clock.now().getTime();
  const parsed = jobEnvelope.safeParse(job.data);
  try {
    if (!parsed.success) throw parsed.error;
    const envelope = parsed.data;
    await askLeave(queue, job, envelope);
    const outcome = await jobCalled(envelope.kind).perform({
      ctx: contextOf(envelope),
      data: envelope.data,
      signal: job.signal,
      clock,
    });
    if (outcome) await snooze(boss, queue, job, envelope, outcome.snoozeSeconds);
    else await tell(queue, job, envelope, 'answered');
    log.debug(
      { kind: envelope.kind, ms: clock.now().getTime() - startedAt, requestId: envelope.requestId },
      'job done',
    );
    return { id: job.id, status: 'completed' };
  } catch (error) {
    if (parsed.data) await tell(queue, job, parsed.data, newsOfRead(error));
    return failed(boss, queue, job, parsed.data, error);
  } finally {
    tally.running -= 1;
    tally.ran += 1;
  }
}

/** Work of an account waits while its breaker, or the app's, is open. Stops have a lane of their own and never ask. */
async function askLeave(queue: JobQueue, job: Held, envelope: JobEnvelope): Promise<void> {
  if (queue !== 'account' || !envelope.workspaceId) return;
  const scope = await scopeOfAccountKey(contextOf(envelope), job.singletonKey);
  if (scope) await askBreaker(scope);
}

async function tell(
  queue: JobQueue,
  job: Held,
  envelope: JobEnvelope,
  news: ReturnType<typeof newsOfError>,
): Promise<void> {
  if (queue !== 'account' || !envelope.workspaceId || news === null) return;
  try {
    const scope = await scopeOfAccountKey(contextOf(envelope), job.singletonKey);
    if (scope) await tellBreaker(scope, news);
  } catch (error) {
    // The job's own outcome counts more than what it taught.
    log.warn({ err: error, jobId: job.id }, 'a breaker could not be told');
  }
}

/** Writes tell the breaker themselves, at the call. */
function newsOfRead(error: unknown): ReturnType<typeof newsOfError> {
  return error instanceof AppError && error.details.method === 'GET' ? newsOfError(error) : null;
}

async function failed(
  boss: PgBoss,
  queue: JobQueue,
  job: Held,
  envelope: JobEnvelope | undefined,
  error: unknown,
): Promise<JobResult> {
  const remedy = remedyFor(error, job.retryCount, envelope?.snoozes ?? 0);
  const context = {
    kind: envelope?.kind,
    jobId: job.id,
    workspaceId: envelope?.workspaceId,
    requestId: envelope?.requestId,
    remedy: remedy.do,
  };
  if (remedy.do === 'snooze' && envelope) {
    log.info({ ...context, seconds: remedy.seconds }, 'job put off');
    await snooze(boss, queue, job, envelope, remedy.seconds);
    return { id: job.id, status: 'completed' };
  }
  log.error({ ...context, err: error }, 'job failed');
  const { stack: _stack, ...output } = describeError(error);
  return { id: job.id, status: remedy.do === 'give_up' ? 'deadletter' : 'failed', output };
}

/** Completes this job and sends its successor in one transaction: no retry is used up and nothing is lost between. */
async function snooze(boss: PgBoss, queue: JobQueue, job: Held, envelope: JobEnvelope, seconds: number): Promise<void> {
  const begin = boss.getDb().beginTransaction;
  if (!begin) throw new Error('the job engine needs a pool of its own');
  const transaction = await begin.call(boss.getDb());
  const definition = jobCalled(envelope.kind);
  try {
    await boss.complete(
      queue,
      { id: job.id, retryCount: job.retryCount },
      { snoozed: seconds },
      { db: transaction.db },
    );
    await boss.send(
      queue,
      { ...envelope, snoozes: envelope.snoozes + 1 },
      {
        ...sendOptions(definition, job.singletonKey ?? undefined),
        priority: definition.priority,
        startAfter: Math.max(1, Math.ceil(seconds)),
        db: transaction.db,
      },
    );
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}

function contextOf(envelope: JobEnvelope): ServiceContext {
  return {
    workspaceId: envelope.workspaceId,
    actor: { type: 'job', name: envelope.kind },
    requestId: envelope.requestId,
  };
}
