import type { JobDefinition } from './define-job';
import { knowJobs } from './known-jobs';

/** Every kind of background work. A new kind is one line here. */
export const jobRegistry: readonly JobDefinition[] = [];

/** Kinds the workers start each minute, across workspaces; each must be of queue `fanout` and take no data. */
export const EVERY_MINUTE: readonly string[] = [];

knowJobs(jobRegistry);
