import type { Tx } from './db';

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

type Ports = { enqueue?: Enqueue };
const holder = globalThis as typeof globalThis & { aigencyPorts?: Ports };
holder.aigencyPorts ??= {};

export function plugEnqueue(enqueue: Enqueue): void {
  (holder.aigencyPorts as Ports).enqueue = enqueue;
}

/** Enqueues in the caller's transaction: job and change commit together or not at all. */
export const enqueue: Enqueue = async (tx, job) => {
  const plugged = (holder.aigencyPorts as Ports).enqueue;
  if (!plugged) throw new Error('no job engine is plugged in');
  await plugged(tx, job);
};
