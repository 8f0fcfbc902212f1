import type { z } from 'zod';
import type { Clock } from '../runtime/clock';
import type { ServiceContext } from '../services/context';
import type { JobQueue } from './queues';

/** Nothing: done. `snoozeSeconds`: the same job again later, without using up a retry. */
// biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing is done; writing `return undefined` in each says no more
export type JobOutcome = void | { snoozeSeconds: number };

export type JobInput<Data> = {
  /** Workspace of the job; '' for jobs that look across workspaces (queue `fanout`). */
  ctx: ServiceContext;
  data: Data;
  /** Aborted when the job ran too long or its claim was lost: stop before the next call to the outside. */
  signal: AbortSignal;
  clock: Clock;
};

/** A kind of background work with its data's type closed over. */
export type JobDefinition = {
  kind: string;
  queue: JobQueue;
  priority: number;
  /** Tries after the first; the queue's own number when absent. */
  retryLimit?: number;
  /** Seconds one run may take; the queue's own number when absent. */
  expireInSeconds?: number;
  perform(input: JobInput<unknown>): Promise<JobOutcome>;
};

type Definition<Schema extends z.ZodType> = {
  kind: string;
  queue: JobQueue;
  schema: Schema;
  /** Higher goes first within an account (deploy 100, writes 80, report 20, monitor 10, reconcile 5). */
  priority?: number;
  retryLimit?: number;
  expireInSeconds?: number;
  run(input: JobInput<z.infer<Schema>>): Promise<JobOutcome>;
};

/** Declares a kind of work. Data is ids only and is parsed before each run. Handlers must bear being run twice. */
export function defineJob<Schema extends z.ZodType>(definition: Definition<Schema>): JobDefinition {
  const { kind, queue, schema, priority = 0, retryLimit, expireInSeconds, run } = definition;
  return {
    kind,
    queue,
    priority,
    ...(retryLimit === undefined ? {} : { retryLimit }),
    ...(expireInSeconds === undefined ? {} : { expireInSeconds }),
    perform: (input) => run({ ...input, data: schema.parse(input.data) }),
  };
}
