import type { Queue } from 'pg-boss';

/**
 * The lanes of background work. `account` never runs two jobs of one ad account at once; `stop` is the lane of pauses,
 * which never wait behind a pull; `user` is one at a time per conversation or workspace; `fanout` starts other work on a
 * schedule; `react` follows events and must be quick; `dead` keeps what gave up until somebody looks.
 */
export const JOB_QUEUES = ['account', 'stop', 'user', 'fanout', 'react'] as const;
export type JobQueue = (typeof JOB_QUEUES)[number];
export const DEAD_QUEUE = 'dead';
export const JOBS_SCHEMA = 'jobs';

type QueueOptions = Omit<Queue, 'name'>;

const RETRYING = {
  retryBackoff: true,
  deadLetter: DEAD_QUEUE,
  notify: true,
  deleteAfterSeconds: 2 * 86_400,
} satisfies QueueOptions;

/** Seconds throughout. Heartbeats are set per job, from the environment. */
export const QUEUE_OPTIONS: Record<JobQueue | typeof DEAD_QUEUE, QueueOptions> = {
  account: { ...RETRYING, policy: 'singleton', expireInSeconds: 240, retryLimit: 5, retryDelay: 5, retryDelayMax: 900 },
  stop: { ...RETRYING, policy: 'singleton', expireInSeconds: 120, retryLimit: 12, retryDelay: 1, retryDelayMax: 60 },
  user: { ...RETRYING, policy: 'singleton', expireInSeconds: 900, retryLimit: 6, retryDelay: 5, retryDelayMax: 900 },
  fanout: { ...RETRYING, policy: 'exclusive', expireInSeconds: 300, retryLimit: 3, retryDelay: 5, retryDelayMax: 60 },
  react: { ...RETRYING, policy: 'standard', expireInSeconds: 120, retryLimit: 8, retryDelay: 1, retryDelayMax: 120 },
  dead: { policy: 'standard', retentionSeconds: 30 * 86_400, deleteAfterSeconds: 30 * 86_400, retryLimit: 0 },
};

/** How many jobs one worker process handles side by side, and how many a lane takes at once. */
export const LANES: Record<JobQueue, { localConcurrency: number; batchSize: number; pollSeconds: number }> = {
  account: { localConcurrency: 4, batchSize: 1, pollSeconds: 1 },
  stop: { localConcurrency: 2, batchSize: 1, pollSeconds: 1 },
  user: { localConcurrency: 4, batchSize: 1, pollSeconds: 1 },
  fanout: { localConcurrency: 1, batchSize: 1, pollSeconds: 2 },
  react: { localConcurrency: 2, batchSize: 20, pollSeconds: 0.5 },
};
