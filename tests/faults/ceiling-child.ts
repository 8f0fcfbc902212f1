import { createInterface } from 'node:readline';
import { AppError } from '@/lib/domain/errors';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import type { ServiceContext } from '@/lib/services/context';
import { failDeployment } from '@/lib/services/deployments/end';
import { executeAction } from '@/lib/services/mutations/execute';

// One of two processes that share a database and a platform: presses and carries out what it is told, as fast as it can.
export type Order =
  | { do: 'press'; approvalId: string; hash: string }
  | { do: 'execute'; actionId: string }
  | { do: 'fail'; deploymentId: string };
export type Told = { workspaceId: string; userId: string; orders: Order[] };

plugJobEngine();
const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  const told = JSON.parse(line) as Told;
  const owner: ServiceContext = {
    workspaceId: told.workspaceId,
    actor: { type: 'user', id: told.userId },
    requestId: 'ceiling',
  };
  const job: ServiceContext = { ...owner, actor: { type: 'job', name: 'execute-action' } };
  const answers: string[] = [];
  for (const order of told.orders) answers.push(await carryOut(order, owner, job));
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}
await closeSendingBoss();
await closeDatabase();

async function carryOut(order: Order, owner: ServiceContext, job: ServiceContext): Promise<string> {
  try {
    if (order.do === 'press')
      return (await decideApproval(owner, { approvalId: order.approvalId, hash: order.hash, decision: 'approve' }))
        .state;
    if (order.do === 'fail') {
      await failDeployment(job, { deploymentId: order.deploymentId, code: 'internal', reason: 'a test ends it' });
      return 'failed';
    }
    for (let tries = 0; tries < 20; tries += 1) {
      const outcome = await executeAction(job, { actionId: order.actionId });
      if (!outcome) return 'executed';
      await new Promise((resolve) => setTimeout(resolve, outcome.snoozeSeconds * 1000));
    }
    return 'unfinished';
  } catch (error) {
    return error instanceof AppError ? error.code : `broken: ${String(error)}`;
  }
}
