import * as z from 'zod';
import { AppError } from '../../domain/errors';
import { runReactionsAfter } from '../../reactions/run';
import { expireApprovals } from '../../services/approvals/expire';
import { deploymentUnderWay } from '../../services/clock/hold';
import { haltClock, stepClock } from '../../services/clock/step';
import { transact } from '../../services/context';
import { latestEventSeq } from '../../services/events/read';
import { watchedAccountIds } from '../../services/insights/watched-ids';
import { dueReports } from '../../services/schedules/weekly-report';
import { defineJob, type JobInput } from '../define-job';
import { runJobNow } from '../run-now';

/** Real seconds until an advance that met another runner of the same account, or a deployment, goes on. */
const BUSY_SECONDS = 3;

/**
 * The time machine: walks a workspace of pretend shops to its stored target in steps of four hours, and at each one runs
 * everything that is due there, in order, before time moves on. Stopped anywhere, the next run goes on from there.
 */
export const advanceClockJob = defineJob({
  kind: 'advance-clock',
  queue: 'user',
  priority: 60,
  schema: z.object({}),
  async run(input) {
    const { ctx, signal } = input;
    if (await deploymentUnderWay(ctx)) return { snoozeSeconds: BUSY_SECONDS };
    let seen = await latestEventSeq(ctx);
    try {
      // What is due now comes first: an earlier run may have stopped between a step and its work.
      do {
        if ((await runDue(input)) === 'busy') return { snoozeSeconds: BUSY_SECONDS };
        seen = await runReactionsAfter(ctx, seen);
      } while (!signal.aborted && (await stepClock(ctx)));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'simulated_only') throw error;
      // A live account was connected on the way: time stays where it is.
      await haltClock(ctx);
    }
    if (signal.aborted) return { snoozeSeconds: 1 };
  },
});

async function runDue({
  ctx,
  signal,
  clock,
}: Pick<JobInput<unknown>, 'ctx' | 'signal' | 'clock'>): Promise<'done' | 'busy'> {
  const run = (kind: string, data: Record<string, string>) => runJobNow(kind, ctx, data, { signal, clock });
  for (const adAccountId of await watchedAccountIds(ctx)) {
    if (await run('monitor-account', { adAccountId })) return 'busy';
  }
  const reports = await transact(ctx, async (_tx, inner) => {
    await expireApprovals(inner);
    return dueReports(inner);
  });
  for (const projectId of reports) await run('weekly-report', { projectId });
  return 'done';
}
