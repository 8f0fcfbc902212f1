import * as z from 'zod';
import { resumeStalledClocks } from '../../services/clock/resume-stalled';
import { enqueueDriftWatch } from '../../services/drift/enqueue-watch';
import { enqueueTidy } from '../../services/health/enqueue-tidy';
import { enqueueKeepInsights } from '../../services/insights/keep-months';
import { runMonitorTick } from '../../services/monitor/tick';
import { enqueueSiteLooks } from '../../services/monitor/watch-sites';
import { enqueueReconcile } from '../../services/mutations/reconcile-effects';
import { enqueueDueReports } from '../../services/schedules/weekly-report';
import { defineJob } from '../define-job';
import { eachOfThem } from '../each-of-them';

/** Looks across all workspaces for what is due and starts it as jobs of its own. Any number of ticks do each thing once. */
export const tickJob = defineJob({
  kind: 'tick',
  queue: 'fanout',
  schema: z.object({}),
  async run({ clock, signal }) {
    await eachOfThem('tick', signal, [
      ['pulls', runMonitorTick],
      ['sites', () => enqueueSiteLooks(clock.now())],
      ['reports', enqueueDueReports],
      ['clocks', () => resumeStalledClocks(clock.now())],
      ['drift', enqueueDriftWatch],
      ['open calls', () => enqueueReconcile(clock.now())],
      ['months', () => enqueueKeepInsights(clock.now())],
      ['tidying', () => enqueueTidy(clock.now())],
    ]);
  },
});
