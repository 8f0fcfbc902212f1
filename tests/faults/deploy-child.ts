import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { runDeployment } from '@/lib/services/deployments/run';

// A worker reduced to one deployment: runs it as the queue would, and waits where the queue would wait.
const [workspaceId = '', deploymentId = ''] = process.argv.slice(2);
plugJobEngine();
const ctx = { workspaceId, actor: { type: 'job' as const, name: 'deploy' }, requestId: 'fault-test' };
for (;;) {
  const outcome = await runDeployment(ctx, { deploymentId, signal: new AbortController().signal });
  if (!outcome) break;
  await new Promise((resolve) => setTimeout(resolve, outcome.snoozeSeconds * 1000));
}
await closeSendingBoss();
await closeDatabase();
