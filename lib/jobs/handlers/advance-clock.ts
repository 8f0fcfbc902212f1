import * as z from 'zod';
import { AppError } from '../../domain/errors';
import { runReactionsAfter } from '../../reactions/run';
import { log } from '../../runtime/log';
import { expireApprovals } from '../../services/approvals/expire';
import { deploymentUnderWay } from '../../services/clock/hold';
import { ownerNeeded } from '../../services/clock/owner-needed';
import { haltClock, stepClock } from '../../services/clock/step';
import { dueChecks } from '../../services/connections/due-checks';
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
 * everything that is due there, in order, before time moves on. It ends early where a new card waits for the owner. Stopped anywhere, the next run goes on from there.
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
    let moved = false;
    try {
      // What is due now comes first: an earlier run may have stopped between a step and its work.
      do {
        if ((await runDue(input)) === 'busy') return { snoozeSeconds: BUSY_SECONDS };
        seen = await runReactionsAfter(ctx, seen);
        if (moved && (await ownerNeeded(ctx))) return await haltClock(ctx);
        moved = true;
      } while (!signal.aborted && (await stepClock(ctx)));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'simulated_only') throw error;
      // A live account was connected on the way: time stays where it is.
      await haltClock(ctx);
    }
    if (signal.aborted) return { snoozeSeconds: 1 };
  },
});

/** A look that failed concludes nothing and stops nobody: the next step asks again. */
async function lookAt(connectionId: string, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    log.warn({ err: error, connection: connectionId }, 'a login could not be looked at on the way');
  }
}

async function runDue({
  ctx,
  signal,
  clock,
}: Pick<JobInput<unknown>, 'ctx' | 'signal' | 'clock'>): Promise<'done' | 'busy'> {
  const run = (kind: string, data: Record<string, string>) => runJobNow(kind, ctx, data, { signal, clock });
  // Logins first: a token renewed here still serves the reading that follows, and a jump past its end cannot outrun it.
  const { checks, accounts } = await transact(ctx, async (_tx, inner) => ({
    checks: await dueChecks(inner),
    accounts: await watchedAccountIds(inner),
  }));
  for (const connectionId of checks) await lookAt(connectionId, () => run('check-connection', { connectionId }));
  for (const adAccountId of checks.length === 0 ? accounts : await watchedAccountIds(ctx)) {
    if (await run('monitor-account', { adAccountId })) return 'busy';
  }
  const reports = await transact(ctx, async (_tx, inner) => {
    await expireApprovals(inner);
    return dueReports(inner);
  });
  for (const projectId of reports) await run('weekly-report', { projectId });
  return 'done';
}
