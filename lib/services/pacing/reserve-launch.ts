import { AppError } from '../../domain/errors';
import { monthGuard } from '../../domain/month-guard';
import type { Envelope, Plan } from '../../domain/plan';
import { limitsOf } from '../../domain/policy-limits';
import { WORST_DAY_PERCENT } from '../../domain/spend-shape';
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
  if (policy) await refuseDearDays(tx, ctx, { projectId, envelope: policy.envelope, dailyMinor });
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

/** The owner's limits on a day and on a week hold for everything that runs together. @throws AppError above_month_limit */
async function refuseDearDays(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; envelope: Envelope; dailyMinor: bigint },
): Promise<void> {
  const { dayCeiling, weekCeiling } = limitsOf(input.envelope);
  if (!dayCeiling && !weekCeiling) return;
  const running = await tx.monthShare.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      projectId: input.projectId,
      campaign: { status: { in: ['ACTIVE', 'IN_REVIEW', 'DISAPPROVED', 'DEPLOYING'] } },
    },
    orderBy: { month: 'desc' },
    distinct: ['campaignRecordId'],
    select: { dailyMinor: true },
  });
  const daily = running.reduce((sum, share) => sum + share.dailyMinor, input.dailyMinor);
  if (dayCeiling && daily * WORST_DAY_PERCENT > BigInt(dayCeiling.minor) * 100n)
    throw new AppError('above_month_limit', { reason: 'day' });
  if (weekCeiling && daily * 7n > BigInt(weekCeiling.minor))
    throw new AppError('above_month_limit', { reason: 'week' });
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
