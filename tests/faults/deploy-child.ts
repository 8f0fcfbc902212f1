import { createInterface } from 'node:readline';
import { closeDatabase } from '@/lib/runtime/db';
import { env } from '@/lib/runtime/env';
import { enqueue, plugEnqueue } from '@/lib/runtime/ports';
import { plugSharedPace } from '@/lib/services/connections/pace';
import { runDeployment } from '@/lib/services/deployments/run';

// A worker reduced to deployments: carries out the one it is told as the queue would, says so, and waits for the next.
export type ToldDeployment = { workspaceId: string; deploymentId: string };

plugSharedPace();
const engine = () => import('@/lib/jobs/send');
// Where every worker brings one deployment to its end, it needs the engine anyway, and not within a transaction.
if (process.env.SOAK === '1') await engine();
// The job engine itself, loaded with the first job that is sent: most processes here die before they send one.
plugEnqueue(async (tx, job) => {
  (await engine()).plugJobEngine();
  await enqueue(tx, job);
});
for await (const line of createInterface({ input: process.stdin })) {
  const { workspaceId, deploymentId } = JSON.parse(line) as ToldDeployment;
  const ctx = { workspaceId, actor: { type: 'job' as const, name: 'deploy' }, requestId: 'fault-test' };
  for (;;) {
    const outcome = await runDeployment(ctx, { deploymentId, signal: new AbortController().signal });
    if (!outcome) break;
    // The queue waits in whole seconds; coming back early is harder on the deployment, and quicker.
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(outcome.snoozeSeconds * 1000, env().SIMULATOR_SETTLE_MS)),
    );
  }
  process.stdout.write(`${JSON.stringify({ done: deploymentId })}\n`);
}
await (await engine()).closeSendingBoss();
await closeDatabase();
