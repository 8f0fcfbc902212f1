import { monthGuard } from '../../domain/month-guard';
import type { Plan } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { currentPolicy } from '../policy/current';
import { accountMonth } from './account-month';
import { minCapOf } from './min-cap';
import type { Share } from './month';
import { reserveMonth } from './reserve';

/**
 * A launch takes its part of the account month at the press: what its daily budgets may cost at most, and never more than
 * is free. The plan's own ceiling counts where it is higher than the one in force; it comes into force with the launch.
 * @throws AppError above_month_limit where not even its plain daily budgets fit beside what already runs
 */
export async function reserveLaunch(
  tx: Tx,
  ctx: ServiceContext,
  input: { deploymentId: string; projectId: string; campaignRecordId: string; plan: Plan; approvalId: string },
): Promise<Share> {
  const { plan, projectId } = input;
  const at = await accountMonth(tx, ctx, plan.account.timezone);
  const policy = await currentPolicy(tx, ctx, projectId);
  const dailyMinor = dailyOf(plan);
  const minCapMinor = await minCapOf(tx, ctx, projectId);
  return reserveMonth(tx, ctx, {
    holderId: input.deploymentId,
    projectId,
    campaignRecordId: input.campaignRecordId,
    at,
    ceiling: policy?.envelope.monthlyCeiling ?? plan.envelope.monthlyCeiling,
    newCeiling: plan.envelope.monthlyCeiling,
    approvalId: input.approvalId,
    ownMinor: 0n,
    leastMinor: dailyMinor * BigInt(at.daysLeft),
    shareWithin: (mostMinor) => launchShare({ dailyMinor, minCapMinor, mostMinor, today: at.today, end: at.end }),
  });
}

/** A start that came to nothing gave its part of the month back; to be resumed it must fit anew. */
export async function reserveLaunchAgain(
  tx: Tx,
  ctx: ServiceContext,
  row: { deploymentId: string; projectId: string; campaignRecordId: string; planVersionId: string; approvalId: string },
): Promise<void> {
  const released = await tx.monthReservation.deleteMany({
    where: { workspaceId: ctx.workspaceId, holderId: row.deploymentId, state: 'RELEASED' },
  });
  if (released.count === 0) return;
  const version = await tx.planVersion.findFirstOrThrow({
    where: { workspaceId: ctx.workspaceId, id: row.planVersionId },
    select: { canonical: true },
  });
  await reserveLaunch(tx, ctx, { ...row, plan: JSON.parse(version.canonical) as Plan });
}

type Within = { dailyMinor: bigint; minCapMinor: bigint | null; mostMinor: bigint; today: string; end: string };

/** A new campaign's part of the month, given the most it may be. */
export function launchShare({ dailyMinor, minCapMinor, mostMinor, today, end }: Within): Share {
  const guard = monthGuard({ dailyMinor, fromDay: today, monthEnd: end, baseMinor: 0n, mostMinor, minCapMinor });
  const capMinor = guard.kind === 'cap' ? guard.capMinor : null;
  return {
    committedMinor: guard.committedMinor,
    baseMinor: 0n,
    dailyMinor,
    fromDay: today,
    untilDay: guard.untilDay,
    capMinor,
    lifetimeCapMinor: capMinor,
  };
}

export function dailyOf(plan: Plan): bigint {
  return plan.adSets.reduce((sum, adSet) => sum + BigInt(adSet.dailyBudget.minor), 0n);
}
