import { type Db, fromPrisma, type PgBoss, type SendOptions } from 'pg-boss';
import { env } from '../runtime/env';
import { deterministicId, newRequestId } from '../runtime/ids';
import { type JobRequest, plugDeadLetters, plugEnqueue } from '../runtime/ports';
import { plugSharedPace } from '../services/connections/pace';
import { openBoss } from './boss';
import { deadLetterBox } from './dead-letters';
import type { JobDefinition } from './define-job';
import type { JobEnvelope } from './envelope';
import { jobCalled } from './known-jobs';
import './registry';
import { processWide } from '../runtime/process-wide';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
type Holder = { opening?: Promise<PgBoss> };
const held = processWide<Holder>('jobs', () => ({}));

/** The sending half, shared by everything in this process that enqueues; opened on first use. */
export function sendingBoss(): Promise<PgBoss> {
  held.opening ??= openBoss({ supervise: false, max: 2, registerInstance: false }).catch((error: unknown) => {
    // The next caller tries again: the database may have been starting.
    delete held.opening;
    throw error;
  });
  return held.opening;
}

export async function closeSendingBoss(): Promise<void> {
  const opening = held.opening;
  delete held.opening;
  if (opening) await (await opening).stop({ graceful: false });
}

/** Lets services enqueue and share what platforms say about limits. Every process that runs services calls it once. */
export function plugJobEngine(): void {
  plugDeadLetters(deadLetterBox);
  plugSharedPace();
  plugEnqueue(
    async (tx, job) => sendJob(await sendingBoss(), job, fromPrisma(tx)),
    async (tx, jobs) => sendJobs(await sendingBoss(), jobs, fromPrisma(tx)),
  );
}

/** Sends in the given transaction, or in one of its own. A job whose id is already there is not sent again. */
export async function sendJob(boss: PgBoss, job: JobRequest, db?: Db): Promise<void> {
  const definition = jobCalled(job.kind);
  await boss.send(definition.queue, envelopeOf(job), {
    ...optionsOf(definition, job),
    ...(db === undefined ? {} : { db }),
  });
}

/** The same for many jobs of one kind, in one statement. */
export async function sendJobs(boss: PgBoss, jobs: readonly JobRequest[], db?: Db): Promise<void> {
  const [first] = jobs;
  if (!first) return;
  const definition = jobCalled(first.kind);
  if (jobs.some(({ kind }) => kind !== first.kind)) throw new Error('jobs sent together must be of one kind');
  await boss.insert(
    definition.queue,
    jobs.map((job) => ({ ...optionsOf(definition, job), data: envelopeOf(job) })),
    db === undefined ? {} : { db },
  );
}

function envelopeOf(job: JobRequest): JobEnvelope {
  return {
    v: 1,
    kind: job.kind,
    workspaceId: job.workspaceId,
    requestId: job.requestId ?? newRequestId(),
    data: job.data,
    snoozes: 0,
  };
}

function optionsOf(definition: JobDefinition, job: JobRequest) {
  return {
    ...sendOptions(definition, job.key ?? defaultKey(definition, job.workspaceId)),
    priority: job.priority ?? definition.priority,
    ...(job.id === undefined ? {} : { id: UUID.test(job.id) ? job.id : deterministicId(`${job.kind}:${job.id}`) }),
    ...(job.startAfterSeconds === undefined ? {} : { startAfter: Math.max(0, Math.ceil(job.startAfterSeconds)) }),
  };
}

/** Options every send of a definition carries, first or snoozed. */
export function sendOptions(
  definition: JobDefinition,
  key: string | undefined,
): Pick<SendOptions, 'singletonKey' | 'retryLimit' | 'expireInSeconds' | 'heartbeatSeconds'> {
  return {
    ...(key === undefined ? {} : { singletonKey: key }),
    ...(definition.retryLimit === undefined ? {} : { retryLimit: definition.retryLimit }),
    ...(definition.expireInSeconds === undefined ? {} : { expireInSeconds: definition.expireInSeconds }),
    heartbeatSeconds: env().JOBS_HEARTBEAT_SECONDS,
  };
}

/** Jobs of the guarded lanes always have a key: without one, a whole lane would take turns. */
function defaultKey(definition: JobDefinition, workspaceId: string): string | undefined {
  if (definition.queue === 'react') return undefined;
  if (definition.queue === 'fanout') return `${definition.kind}:${workspaceId}`;
  return workspaceId;
}
