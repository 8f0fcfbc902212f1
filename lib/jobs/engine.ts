import { systemClock } from '../runtime/clock';
import { env } from '../runtime/env';
import { log } from '../runtime/log';
import { openBoss } from './boss';
import { JOB_QUEUES } from './queues';
import { EVERY_MINUTE } from './registry';
import { closeSendingBoss, plugJobEngine, sendingBoss, sendJob } from './send';
import { type Tally, workLanes } from './work';

export { closeSendingBoss, plugJobEngine } from './send';

export type RunningWorker = { stop(): Promise<void> };

/** Seconds a worker gives its running jobs when asked to stop; others take over what is not done by then. */
const STOP_SECONDS = 20;

/** Works on every lane until stopped and starts the minute's fan-out. Any number of processes may run one. */
export async function startWorker(): Promise<RunningWorker> {
  plugJobEngine();
  const boss = await openBoss({ max: 6, useListenNotify: true, supervise: true, instanceName: 'worker' });
  const tally: Tally = { running: 0, ran: 0 };
  await workLanes(boss, tally);
  await startMinute();
  const timer = setInterval(() => void startMinute(), 15_000);
  return {
    async stop() {
      clearInterval(timer);
      await boss.stop({ graceful: true, timeout: STOP_SECONDS * 1000 });
      await closeSendingBoss();
    },
  };
}

/** Sends this minute's sweeps; the id holds the minute, so that several workers send them once. */
export async function startMinute(now: Date = systemClock.now()): Promise<void> {
  const minute = Math.floor(now.getTime() / 60_000);
  try {
    const boss = await sendingBoss();
    for (const kind of EVERY_MINUTE) await sendJob(boss, { kind, workspaceId: '', data: {}, id: `minute:${minute}` });
  } catch (error) {
    log.error({ err: error }, 'the minute was not started');
  }
}

/** How long a drain waits for a next job before it takes the lanes for empty. */
const IDLE_MS = 1_500;

/**
 * Works for at most `budgetMs` and returns when nothing is left or the time is up: for hosts without a long-running
 * worker. Reclaims first what a killed function held. Jobs still running then get a last grace of 10 s.
 */
export async function drain(budgetMs: number): Promise<{ ran: number }> {
  plugJobEngine();
  const boss = await openBoss({ max: env().VERCEL ? 2 : 4, supervise: false, registerInstance: false });
  const tally: Tally = { running: 0, ran: 0 };
  const until = systemClock.now().getTime() + budgetMs;
  try {
    await boss.supervise();
    await startMinute();
    await workLanes(boss, tally);
    let idleSince = systemClock.now().getTime();
    let seen = 0;
    while (systemClock.now().getTime() < until) {
      await systemClock.sleep(100);
      const now = systemClock.now().getTime();
      if (tally.running > 0 || tally.ran !== seen) idleSince = now;
      seen = tally.ran;
      if (now - idleSince > IDLE_MS) break;
    }
    await Promise.all(JOB_QUEUES.map((queue) => boss.offWork(queue, { wait: true })));
    return { ran: tally.ran };
  } finally {
    await boss.stop({ graceful: true, timeout: 10_000 });
  }
}
