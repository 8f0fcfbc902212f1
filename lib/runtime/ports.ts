import type { Tx } from './db';
import { processWide } from './process-wide';

/** Work that outlives a request. Data holds ids only; the definitions live in lib/jobs. */
export type JobRequest = {
  kind: string;
  workspaceId: string;
  data: Record<string, string | number | boolean | null>;
  /** The same id is enqueued once. */
  id?: string;
  /** Jobs of one key never overlap; give the platform account's id for anything that calls it. */
  key?: string;
  priority?: number;
  startAfterSeconds?: number;
  requestId?: string;
};

/** Port: the job engine's adapter (lib/jobs/engine) is plugged in at start-up by whoever runs services. */
export type Enqueue = (tx: Tx, job: JobRequest) => Promise<void>;

/** Many jobs of one kind at once, in the caller's transaction. */
export type EnqueueAll = (tx: Tx, jobs: readonly JobRequest[]) => Promise<void>;

/** A job that gave up. `message` is redacted; `data` holds ids. */
export type DeadLetterRow = {
  id: string;
  kind: string;
  queue: string;
  at: Date;
  tries: number;
  code: string | null;
  message: string | null;
  data: JobRequest['data'];
  key: string | null;
  requestId: string | null;
};
/** Port: what gave up, of one workspace, in the caller's transaction. */
export type DeadLetterBox = {
  list(tx: Tx, workspaceId: string, limit: number): Promise<DeadLetterRow[]>;
  /** Takes it out of the box; null where it is not there (any more). */
  take(tx: Tx, workspaceId: string, id: string): Promise<DeadLetterRow | null>;
};

type Ports = { enqueue?: Enqueue; enqueueAll?: EnqueueAll; deadLetters?: DeadLetterBox };
const ports = processWide<Ports>('ports', () => ({}));

export function plugEnqueue(enqueue: Enqueue, enqueueAll?: EnqueueAll): void {
  ports.enqueue = enqueue;
  if (enqueueAll) ports.enqueueAll = enqueueAll;
  else delete ports.enqueueAll;
}

/** Enqueues in the caller's transaction: job and change commit together or not at all. */
export const enqueue: Enqueue = async (tx, job) => {
  const plugged = ports.enqueue;
  if (!plugged) throw new Error('no job engine is plugged in');
  await plugged(tx, job);
};

/** The same for many jobs of one kind: one statement where the engine can. */
export const enqueueAll: EnqueueAll = async (tx, jobs) => {
  const plugged = ports.enqueueAll;
  if (plugged) return plugged(tx, jobs);
  for (const job of jobs) await enqueue(tx, job);
};

export function plugDeadLetters(box: DeadLetterBox): void {
  ports.deadLetters = box;
}

export function deadLetters(): DeadLetterBox {
  const plugged = ports.deadLetters;
  if (!plugged) throw new Error('no job engine is plugged in');
  return plugged;
}
