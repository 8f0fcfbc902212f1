import type { JobDefinition } from './define-job';
import { advanceClockJob } from './handlers/advance-clock';
import { carryOutStopJob } from './handlers/carry-out-stop';
import { checkConnectionJob, checkConnectionsJob } from './handlers/check-connections';
import { deploy } from './handlers/deploy';
import { executeActionJob, executeStopJob } from './handlers/execute-action';
import { keepInsightsJob } from './handlers/keep-insights';
import { launchMailJob } from './handlers/launch-mail';
import { learnPastJob } from './handlers/learn-past';
import { monitorAccountJob } from './handlers/monitor-account';
import { optimizeJob } from './handlers/optimize';
import { reactJob } from './handlers/react';
import { reconcileJob } from './handlers/reconcile';
import { runTurnJob } from './handlers/run-turn';
import { sweep } from './handlers/sweep';
import { tickJob } from './handlers/tick';
import { tidyJob } from './handlers/tidy';
import { watchDriftJob } from './handlers/watch-drift';
import { watchSitesJob } from './handlers/watch-sites';
import { weeklyReportJob } from './handlers/weekly-report';
import { knowJobs } from './known-jobs';

/** Every kind of background work. A new kind is one line here. */
export const jobRegistry: readonly JobDefinition[] = [
  advanceClockJob,
  carryOutStopJob,
  checkConnectionJob,
  checkConnectionsJob,
  deploy,
  executeActionJob,
  executeStopJob,
  keepInsightsJob,
  launchMailJob,
  learnPastJob,
  monitorAccountJob,
  optimizeJob,
  reactJob,
  reconcileJob,
  runTurnJob,
  sweep,
  tickJob,
  watchDriftJob,
  tidyJob,
  watchSitesJob,
  weeklyReportJob,
];

/** Kinds the workers start each minute, across workspaces; each must be of queue `fanout` and take no data. */
export const EVERY_MINUTE: readonly string[] = ['check-connections', 'sweep', 'tick'];

knowJobs(jobRegistry);
