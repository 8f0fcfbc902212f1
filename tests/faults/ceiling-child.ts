import { createInterface } from 'node:readline';
import { AppError } from '@/lib/domain/errors';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { type ServiceContext, transact } from '@/lib/services/context';
import { failDeployment } from '@/lib/services/deployments/end';
import { executeAction } from '@/lib/services/mutations/execute';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { reserveMonth } from '@/lib/services/pacing/reserve';
import { beginSpending, commitReservation, endReservation } from '@/lib/services/pacing/settle';

// One of two processes that share a database and a platform: presses and carries out what it is told, as fast as it can.
export type Order =
  | { do: 'press'; approvalId: string; hash: string }
  | { do: 'execute'; actionId: string }
  | { do: 'fail'; deploymentId: string }
  /** The month's books alone, without a platform behind them. */
  | {
      do: 'hold';
      holderId: string;
      projectId: string;
      campaignRecordId: string;
      day: string;
      wantMinor: string;
      leastMinor: string;
      liftTo: string | null;
    }
  | { do: 'begin'; holderId: string }
  | { do: 'commit'; holderId: string }
  | { do: 'end'; holderId: string };
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
    if (order.do === 'hold') return await hold(order, owner);
    if (order.do === 'begin') return String(await beginSpending(job, order));
    if (order.do === 'commit') return String(await transact(job, (tx, ctx) => commitReservation(tx, ctx, order)));
    if (order.do === 'end') {
      await transact(job, (tx, ctx) => endReservation(tx, ctx, order));
      return 'ended';
    }
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

async function hold(order: Extract<Order, { do: 'hold' }>, owner: ServiceContext): Promise<string> {
  await transact(owner, async (tx, ctx) => {
    const at = monthOfDay(order.day);
    const share = await tx.monthShare.findFirst({
      where: { campaignRecordId: order.campaignRecordId, month: at.month },
    });
    const held = await tx.monthReservation.aggregate({
      where: { campaignRecordId: order.campaignRecordId, month: at.month, state: { in: ['HELD', 'SPENDING'] } },
      _sum: { amountMinor: true },
    });
    const ownMinor = (share?.committedMinor ?? 0n) + (held._sum.amountMinor ?? 0n);
    const policy = await tx.policyVersion.findFirstOrThrow({
      where: { projectId: order.projectId },
      orderBy: { version: 'desc' },
    });
    const ceiling = (policy.envelope as { monthlyCeiling: { minor: string; currency: string } }).monthlyCeiling;
    await reserveMonth(tx, ctx, {
      holderId: order.holderId,
      projectId: order.projectId,
      campaignRecordId: order.campaignRecordId,
      at,
      ceiling,
      newCeiling: order.liftTo === null ? null : { ...ceiling, minor: order.liftTo },
      approvalId: 'approval',
      ownMinor,
      leastMinor: ownMinor + BigInt(order.leastMinor),
      shareWithin(mostMinor) {
        const want = ownMinor + BigInt(order.wantMinor);
        const committedMinor = want < mostMinor ? want : mostMinor;
        return {
          committedMinor,
          baseMinor: 0n,
          dailyMinor: 100n,
          fromDay: order.day,
          untilDay: at.end,
          capMinor: committedMinor,
          lifetimeCapMinor: committedMinor,
        };
      },
    });
  });
  return 'held';
}
